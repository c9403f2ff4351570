package io.sluice.local.command;

import io.sluice.contract.Names;
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
    @Mixin private TablesOptions tables = new TablesOptions();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--tenant", description = "Only this tenant's (default: all).")
    private @Nullable String tenant;

    boolean json() {
        return tables.json();
    }

    /** Clients of the tables; to be closed. */
    AwsClients clients() throws IOException, FindingException {
        return tables.clients();
    }

    /** The tenants that are meant. */
    List<String> tenants(LedgerTables ledger) {
        if (tenant == null) {
            return ledger.tenants();
        }
        if (!Names.TENANT_ID.matcher(tenant).matches()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--tenant: seen '" + tenant + "', expected " + Names.TENANT_ID.pattern());
        }
        return List.of(tenant);
    }
}
