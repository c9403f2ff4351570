package io.sluice.local.command;

import io.sluice.contract.Names;
import io.sluice.local.command.data.Endpoints;
import io.sluice.local.command.ledger.LedgerTables;
import io.sluice.local.command.provision.AwsClients;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whose money, and in which tables. */
final class LedgerOptions {
    @Mixin private CommonOptions common = new CommonOptions();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--tenant", description = "Only this tenant's (default: all).")
    private @Nullable String tenant;

    @Option(
            names = "--external-aws",
            description =
                    "Read the tables that the AWS SDK's standard settings name, not those of the"
                            + " data folder's system.")
    private boolean externalAws;

    boolean json() {
        return common.json();
    }

    /** Clients of the tables; to be closed. */
    AwsClients clients() throws IOException, FindingException {
        if (externalAws) {
            return AwsClients.external();
        }
        Endpoints endpoints = common.endpoints();
        return AwsClients.embedded(endpoints.kinesis(), endpoints.dynamodb());
    }

    /** The tenants that are meant. */
    List<String> tenants(LedgerTables tables) {
        if (tenant == null) {
            return tables.tenants();
        }
        if (!Names.TENANT_ID.matcher(tenant).matches()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--tenant: seen '" + tenant + "', expected " + Names.TENANT_ID.pattern());
        }
        return List.of(tenant);
    }
}
