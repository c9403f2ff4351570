package io.sluice.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.AlertKind;
import io.sluice.contract.Metric;
import io.sluice.contract.json.Json;
import io.sluice.local.cloudwatch.CloudWatchServer;
import io.sluice.local.cloudwatch.Settings;
import io.sluice.local.command.cloudwatch.CloudWatchClients;
import io.sluice.local.command.data.DataFolder;
import io.sluice.local.command.data.Endpoints;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** What is generated for CloudWatch, against the table of metrics and the embedded service. */
class CloudWatchCommandTest {
    private static final Pattern SEARCH =
            Pattern.compile("\\{Orchestrator,([A-Za-z,]+)} MetricName=\"([A-Za-z]+)\"");

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theDashboardShowsEveryMetricThatIsPublishedAndNoOther() {
        assertThat(run("dashboard", "--region", "eu-central-1")).isZero();
        JsonNode body = Json.parse(out.toString());
        Set<String> shown = new TreeSet<>();
        for (JsonNode widget : body.path("widgets")) {
            assertThat(widget.at("/properties/region").asText()).isEqualTo("eu-central-1");
            for (JsonNode row : widget.at("/properties/metrics")) {
                if (row.get(0).isTextual()) {
                    shown.add(row.get(1).asText() + '[' + row.get(2).asText() + ']');
                }
                Matcher search = SEARCH.matcher(row.get(0).path("expression").asText());
                while (search.find()) {
                    shown.add(
                            search.group(2) + Arrays.asList(search.group(1).split(",")).toString());
                }
            }
        }
        Set<String> table = new TreeSet<>();
        for (Metric metric : Metric.values()) {
            table.add(metric.wireName() + metric.dimensions());
        }
        assertThat(shown).isEqualTo(table);
    }

    @Test
    void whatIsNoRegionIsRefused() {
        for (String region : new String[] {"x y", "*", ""}) {
            assertThat(run("dashboard", "--region", region)).isEqualTo(2);
            assertThat(run("alarms", "--region", region)).isEqualTo(2);
            assertThat(err.toString())
                    .contains(
                            "--region: seen '"
                                    + region
                                    + "', expected a region, such as eu-central-1");
        }
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void thereIsAnAlarmForEachKindOfAlertAndOnlyOfMetricsOfTheTable() {
        assertThat(run("alarms", "--action", "arn:aws:sns:us-east-1:1:ops")).isZero();
        JsonNode alarms = Json.parse(out.toString());
        Set<String> kinds = new TreeSet<>();
        for (JsonNode alarm : alarms.path("metric_alarms")) {
            Metric metric =
                    Arrays.stream(Metric.values())
                            .filter(m -> m.wireName().equals(alarm.path("MetricName").asText()))
                            .findAny()
                            .orElseThrow();
            assertThat(metric.dimensions()).hasSize(1);
            assertThat(alarm.at("/Dimensions/0/Name").asText())
                    .isEqualTo(metric.dimensions().get(0));
            if (metric == Metric.ALERTS) {
                kinds.add(alarm.at("/Dimensions/0/Value").asText());
                assertThat(alarm.at("/AlarmActions/0").asText()).startsWith("arn:aws:sns");
            }
        }
        assertThat(kinds)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(AlertKind.values()).map(AlertKind::wireName).toList());
        assertThat(alarms.path("composite_alarms")).hasSize(6);
        assertThat(threshold(alarms, "sluice-availability-burn-free-1h")).isEqualTo(0.072);
    }

    private static double threshold(JsonNode alarms, String name) {
        for (JsonNode alarm : alarms.path("metric_alarms")) {
            if (alarm.path("AlarmName").asText().equals(name)) {
                return alarm.path("Threshold").asDouble();
            }
        }
        throw new AssertionError("no alarm " + name);
    }

    @Test
    void theEmbeddedServiceTakesBothAndJudgesTheAlarms() throws IOException {
        try (CloudWatchServer server = CloudWatchServer.start(Settings.in(folder.resolve("cw")));
                CloudWatchClient client = CloudWatchClients.embedded(server.endpoint())) {
            endpoints(server.endpoint());
            Path file = folder.resolve("dashboard.json");
            assertThat(run("dashboard", "--put", "--out", file.toString(), at())).isZero();
            assertThat(
                            Json.parse(
                                    client.getDashboard(d -> d.dashboardName("sluice"))
                                            .dashboardBody()))
                    .isEqualTo(Json.parse(Files.readString(file)));
            assertThat(run("alarms", "--put", "--tier", "free", at())).isZero();
            assertThat(err.toString()).contains("put dashboard sluice", "put 16 alarms");
            assertThat(
                            client.describeAlarms(d -> d.alarmTypes(AlarmType.COMPOSITE_ALARM))
                                    .compositeAlarms())
                    .hasSize(2)
                    .allMatch(alarm -> alarm.stateValue() == StateValue.OK);
            assertThat(client.describeAlarms().metricAlarms())
                    .hasSize(14)
                    .extracting(MetricAlarm::stateValue)
                    .containsOnly(StateValue.OK);
        }
    }

    @Test
    void putWithoutASystemAndBadPercentsAreRefused() {
        assertThat(run("dashboard", "--put", at())).isEqualTo(1);
        assertThat(err.toString()).contains("no system has used");
        assertThat(run("alarms", "--availability", "100")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
    }

    private String at() {
        return "--data-dir=" + folder;
    }

    private void endpoints(URI cloudwatch) throws IOException {
        URI none = URI.create("http://127.0.0.1:1");
        new Endpoints(none, none, none, none, none, cloudwatch, none).write(DataFolder.at(folder));
    }

    private int run(String... args) {
        CommandLine line = SluiceCommand.line();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(
                Stream.concat(Stream.of("cloudwatch"), Arrays.stream(args)).toArray(String[]::new));
    }
}
