package io.sluice.local.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.local.command.cloudwatch.FleetDashboard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/** {@code sluice cloudwatch dashboard}: the body that PutDashboard takes. */
@Command(
        name = "dashboard",
        description = "Print the body of the dashboard, as PutDashboard takes it.",
        mixinStandardHelpOptions = true)
final class DashboardCommand implements Callable<Integer> {
    @Mixin private CloudWatchOptions options = new CloudWatchOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--out", paramLabel = "FILE", description = "Write it there instead.")
    private @Nullable Path out;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "With --put: the dashboard's name (default: ${DEFAULT-VALUE}).")
    private String name = "sluice";

    @Override
    public Integer call() throws IOException, FindingException {
        ObjectNode body =
                FleetDashboard.body(
                        options.namespace(), options.region(), options.tiers(), options.stream());
        if (options.put()) {
            try (CloudWatchClient client = options.client()) {
                client.putDashboard(put -> put.dashboardName(name).dashboardBody(Json.text(body)));
            }
            spec.commandLine().getErr().println("sluice: put dashboard " + name);
        }
        print(spec, out, body);
        return 0;
    }

    static void print(CommandSpec spec, @Nullable Path out, ObjectNode document)
            throws IOException {
        String text = document.toPrettyString() + "\n";
        if (out == null) {
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
        } else {
            Files.writeString(out, text);
        }
    }
}
