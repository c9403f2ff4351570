package io.sluice.local.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.local.command.cloudwatch.FleetAlarms;
import io.sluice.local.command.cloudwatch.RequestJson;
import io.sluice.pipeline.alert.AlertRules;
import io.sluice.pipeline.alert.SloObjective;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/** {@code sluice cloudwatch alarms}: what PutMetricAlarm and PutCompositeAlarm take. */
@Command(
        name = "alarms",
        description = "Print the alarms, as PutMetricAlarm and PutCompositeAlarm take them.",
        mixinStandardHelpOptions = true)
final class AlarmsCommand implements Callable<Integer> {
    @Mixin private CloudWatchOptions options = new CloudWatchOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--out", paramLabel = "FILE", description = "Write them there instead.")
    private @Nullable Path out;

    @Option(
            names = "--action",
            paramLabel = "ARN",
            description = "Whom an alarm calls, such as an SNS topic; several may be given.")
    private List<String> actions = List.of();

    @Option(
            names = "--availability",
            paramLabel = "PERCENT",
            description = "Requests that do not fail, as promised (default: ${DEFAULT-VALUE}).")
    private BigDecimal availability = new BigDecimal("99.5");

    @Option(
            names = "--fast",
            paramLabel = "PERCENT",
            description =
                    "Answers within the promised time, as promised (default: ${DEFAULT-VALUE}).")
    private BigDecimal fast = new BigDecimal("95");

    @Option(
            names = "--lag",
            paramLabel = "DURATION",
            description = "How far the job may be behind (default: ${DEFAULT-VALUE}).")
    private Duration lag = Duration.ofMinutes(1);

    @Override
    public Integer call() throws IOException, FindingException {
        FleetAlarms alarms =
                new FleetAlarms(
                        options.namespace(), options.tiers(), options.stream(), actions, rules());
        ObjectNode document = Json.object();
        ArrayNode metrics = document.putArray("metric_alarms");
        alarms.metrics().forEach(alarm -> metrics.add(RequestJson.of(alarm)));
        ArrayNode composites = document.putArray("composite_alarms");
        alarms.composites().forEach(alarm -> composites.add(RequestJson.of(alarm)));
        if (options.put()) {
            try (CloudWatchClient client = options.client()) {
                alarms.metrics().forEach(client::putMetricAlarm);
                alarms.composites().forEach(client::putCompositeAlarm);
            }
            int count = metrics.size() + composites.size();
            spec.commandLine().getErr().println("sluice: put " + count + " alarms");
        }
        DashboardCommand.print(spec, out, document);
        return 0;
    }

    private AlertRules rules() {
        try {
            return AlertRules.builder()
                    .lagMillis(lag.toMillis())
                    .objectives(new SloObjective(ppm(availability), ppm(fast), 1), Map.of())
                    .build();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--availability, --fast: expected percents above 0 and below 100 with at most 4"
                            + " decimal places",
                    e);
        }
    }

    private static int ppm(BigDecimal percent) {
        return percent.movePointRight(4).intValueExact();
    }
}
