package io.sluice.local.command;

import io.sluice.contract.Names;
import io.sluice.local.command.cloudwatch.CloudWatchClients;
import io.sluice.local.command.provision.AwsClients;
import io.sluice.local.command.provision.AwsNames;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/** What the subcommands of {@code sluice cloudwatch} have in common. */
final class CloudWatchOptions {
    @Mixin private CommonOptions common = new CommonOptions();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    private String region = AwsClients.EMBEDDED_REGION;

    @Option(
            names = "--namespace",
            paramLabel = "NAMESPACE",
            description = "Of the metrics (default: ${DEFAULT-VALUE}).")
    private String namespace = "Orchestrator";

    @Option(
            names = "--tier",
            paramLabel = "TIER",
            split = ",",
            description = "Tiers with objectives (default: ${DEFAULT-VALUE}).")
    private List<String> tiers = List.of("free", "business", "enterprise");

    @Option(
            names = "--stream",
            paramLabel = "STREAM",
            description = "The stream of events (default: ${DEFAULT-VALUE}).")
    private String stream = Names.EVENTS_STREAM;

    @Option(
            names = "--put",
            description =
                    "Send it to the CloudWatch of the system in the data folder; with --aws to the"
                            + " AWS that the SDK's standard settings name.")
    private boolean put;

    @Option(names = "--aws", description = "With --put: not to a system's, but to AWS itself.")
    private boolean aws;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            defaultValue = AwsClients.EMBEDDED_REGION,
            description = "Where the metrics are (default: ${DEFAULT-VALUE}).")
    void region(String value) {
        try {
            region = AwsNames.region(value);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage());
        }
    }

    String region() {
        return region;
    }

    String namespace() {
        return namespace;
    }

    List<String> tiers() {
        return tiers;
    }

    String stream() {
        return stream;
    }

    boolean put() {
        return put;
    }

    /** The CloudWatch to put to. */
    CloudWatchClient client() throws IOException, FindingException {
        return aws
                ? CloudWatchClients.external(region)
                : CloudWatchClients.embedded(common.endpoints().cloudwatch());
    }
}
