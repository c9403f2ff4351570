package io.sluice.local.command;

import io.sluice.local.command.data.DataFolder;
import io.sluice.local.command.data.Endpoints;
import io.sluice.local.command.provision.AwsClients;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** In which tables. */
final class TablesOptions {
    @Mixin private CommonOptions common = new CommonOptions();

    @Option(
            names = "--external-aws",
            description =
                    "Use the tables that the AWS SDK's standard settings name, not those of the"
                            + " data folder's system.")
    private boolean externalAws;

    boolean json() {
        return common.json();
    }

    DataFolder folder() {
        return common.folder();
    }

    /** Clients of the tables; to be closed. */
    AwsClients clients() throws IOException, FindingException {
        if (externalAws) {
            return AwsClients.external();
        }
        Endpoints endpoints = common.endpoints();
        return AwsClients.embedded(endpoints.kinesis(), endpoints.dynamodb());
    }
}
