package io.sluice.local.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.TenantItem;
import io.sluice.local.command.provision.AwsClients;
import io.sluice.local.command.tenants.IamPolicy;
import io.sluice.local.command.tenants.TenantEntries;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice tenants iam}: the policy of a role that may see one tenant's rows alone. */
@Command(
        name = "iam",
        description =
                "Print the IAM policy of a role that may read the rows of one tenant and no other's:"
                        + " of shared tables by their leading key, of its own tables by their names."
                        + " During a move it covers both. The rows lie where the tenant's entry"
                        + " says.",
        mixinStandardHelpOptions = true)
final class TenantIamCommand implements Callable<Integer> {
    @Mixin private TablesOptions tables = new TablesOptions();

    @Mixin private TenantOption tenant = new TenantOption();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--partition",
            defaultValue = "aws",
            description = "Partition of the tables (default: ${DEFAULT-VALUE}).")
    private String partition = "aws";

    @Option(
            names = "--region",
            defaultValue = "*",
            description = "Region of the tables (default: all).")
    private String region = "*";

    @Option(
            names = "--account",
            defaultValue = "*",
            description = "Account of the tables (default: the role's own, whichever it is).")
    private String account = "*";

    @Override
    public Integer call() throws IOException, FindingException {
        String tenantId = tenant.id();
        IamPolicy form = form();
        TenantItem entry;
        try (AwsClients clients = tables.clients()) {
            entry =
                    new TenantEntries(clients.dynamoDb())
                            .read(tenantId)
                            .orElseThrow(
                                    () -> new FindingException("there is no tenant " + tenantId));
        }
        ObjectNode policy = form.of(tenantId, entry.places());
        PrintWriter out = spec.commandLine().getOut();
        out.println(policy.toPrettyString());
        out.flush();
        return 0;
    }

    private IamPolicy form() {
        try {
            return new IamPolicy(partition, region, account);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage());
        }
    }
}
