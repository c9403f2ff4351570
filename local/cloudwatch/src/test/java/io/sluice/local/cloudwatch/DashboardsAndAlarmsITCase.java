package io.sluice.local.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.DashboardInvalidInputErrorException;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** Dashboards and alarms by the unmodified SDK. */
@SuppressWarnings("unchecked") // the SDK takes builders as generic varargs
class DashboardsAndAlarmsITCase {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:30Z");
    private static final String GRAPH =
            "{\"widgets\":[{\"type\":\"metric\",\"x\":0,\"y\":0,\"width\":12,\"height\":6,"
                    + "\"properties\":{\"region\":\"us-east-1\",\"stat\":\"Sum\",\"period\":60,"
                    + "\"metrics\":[[\"N\",\"m\",\"T\",\"t1\"],[\"...\",\"t2\",{\"stat\":\"p95\"}],"
                    + "[{\"expression\":\"SEARCH('{N,T} m','Sum',60)\"}]]}}]}";

    @TempDir Path dir;
    private CloudWatchServer server;
    private CloudWatchClient client;

    @BeforeEach
    void start() throws IOException {
        server =
                CloudWatchServer.start(
                        Settings.in(dir).withClock(Clock.fixed(NOW, ZoneOffset.UTC)));
        client =
                CloudWatchClient.builder()
                        .endpointOverride(server.endpoint())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("local", "local")))
                        .build();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void aDashboardIsKeptAcrossStarts() throws IOException {
        assertThat(
                        client.putDashboard(d -> d.dashboardName("fleet").dashboardBody(GRAPH))
                                .dashboardValidationMessages())
                .isEmpty();
        stop();
        start();
        assertThat(client.getDashboard(d -> d.dashboardName("fleet")).dashboardBody())
                .isEqualTo(GRAPH);
        assertThat(client.listDashboards(d -> d.dashboardNamePrefix("fl")).dashboardEntries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.lastModified()).isEqualTo(NOW.minusMillis(0)));
        assertThat(client.listDashboards(d -> d.dashboardNamePrefix("x")).dashboardEntries())
                .isEmpty();
        client.deleteDashboards(d -> d.dashboardNames("fleet"));
        assertThatThrownBy(() -> client.getDashboard(d -> d.dashboardName("fleet")))
                .isInstanceOfSatisfying(
                        CloudWatchException.class,
                        e ->
                                assertThat(e.awsErrorDetails().errorCode())
                                        .isEqualTo("ResourceNotFound"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"type\":\"metric\"|\"type\":\"graph\"|/widgets/0/type",
                "\"region\":\"us-east-1\",|``|/widgets/0/properties",
                "\"width\":12|\"width\":25|/widgets/0/width",
                "\"x\":0|\"x\":20|/widgets/0",
                "\"stat\":\"Sum\"|\"stat\":\"Most\"|/widgets/0/properties/stat",
                "\"period\":60|\"period\":61|/widgets/0/properties/period",
                "\"T\",\"t1\"|\"T\"|/widgets/0/properties/metrics/0",
                "\"properties\"|\"property\"|/widgets/0",
                "\"widgets\":|\"windows\":|/windows"
            })
    void aBadWidgetIsRefusedWithItsPlace(String seen, String bad, String path) {
        assertThat(GRAPH).contains(seen);
        assertThatThrownBy(
                        () ->
                                client.putDashboard(
                                        d ->
                                                d.dashboardName("fleet")
                                                        .dashboardBody(
                                                                GRAPH.replace(
                                                                        seen,
                                                                        bad == null ? "" : bad))))
                .isInstanceOfSatisfying(
                        DashboardInvalidInputErrorException.class,
                        e ->
                                assertThat(e.dashboardValidationMessages())
                                        .extracting(message -> message.dataPath())
                                        .contains(path));
        assertThat(client.listDashboards().dashboardEntries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "[]", "{\"widgets\":[null]}"})
    void whatIsNoDashboardIsRefused(String body) {
        assertThatThrownBy(() -> client.putDashboard(d -> d.dashboardName("d").dashboardBody(body)))
                .isInstanceOf(DashboardInvalidInputErrorException.class);
    }

    @Test
    void anAlarmIsShownAsItWasPutAndJudged() throws IOException {
        client.putMetricAlarm(alarm(a -> a.alarmActions(List.of())));
        stop();
        start();
        MetricAlarm shown = client.describeAlarms().metricAlarms().get(0);
        assertThat(shown.alarmName()).isEqualTo("busy");
        assertThat(shown.threshold()).isEqualTo(10.0);
        assertThat(shown.evaluationPeriods()).isEqualTo(3);
        assertThat(shown.datapointsToAlarm()).isEqualTo(2);
        assertThat(shown.actionsEnabled()).isTrue();
        assertThat(shown.dimensions()).extracting(d -> d.value()).containsExactly("t1");
        assertThat(shown.stateValue()).isEqualTo(StateValue.INSUFFICIENT_DATA);

        put(9, NOW.minusSeconds(60));
        put(11, NOW.minusSeconds(120));
        assertThat(state("busy")).isEqualTo(StateValue.OK);
        put(10, NOW.minusSeconds(180));
        assertThat(state("busy")).isEqualTo(StateValue.ALARM);
        assertThat(client.describeAlarms(d -> d.stateValue(StateValue.OK)).metricAlarms())
                .isEmpty();
    }

    @Test
    void aCompositeFollowsItsParts() {
        client.putMetricAlarm(alarm(a -> a.evaluationPeriods(1).datapointsToAlarm(1)));
        client.putCompositeAlarm(
                c -> c.alarmName("both").alarmRule("ALARM(\"busy\") AND NOT OK(quiet)"));
        assertThat(composite()).isEqualTo(StateValue.OK);
        put(12, NOW.minusSeconds(60));
        assertThat(composite()).isEqualTo(StateValue.ALARM);
        assertThat(client.describeAlarms().compositeAlarms()).isEmpty();
        client.deleteAlarms(d -> d.alarmNames("both", "busy"));
        assertThat(client.describeAlarms().metricAlarms()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALARM(", "ALARM(a) AND", "a", "(TRUE", "TRUE TRUE", "XOR"})
    void aRuleThatIsNoneIsRefused(String rule) {
        assertThatThrownBy(() -> client.putCompositeAlarm(c -> c.alarmName("c").alarmRule(rule)))
                .isInstanceOfSatisfying(
                        CloudWatchException.class,
                        e ->
                                assertThat(e.awsErrorDetails().errorCode())
                                        .isEqualTo("ValidationError"));
    }

    @Test
    void anAlarmThatLacksSomethingIsRefused() {
        List<Consumer<PutMetricAlarmRequest.Builder>> bad =
                List.of(
                        a -> a.alarmName(null),
                        a -> a.metricName(null),
                        a -> a.threshold(null),
                        a -> a.evaluationPeriods(null),
                        a -> a.comparisonOperator((String) null),
                        a -> a.comparisonOperator("Above"),
                        a -> a.statistic((String) null),
                        a -> a.extendedStatistic("p99"),
                        a -> a.period(61),
                        a -> a.datapointsToAlarm(4),
                        a -> a.evaluationPeriods(1441),
                        a -> a.treatMissingData("never"),
                        a -> a.alarmActions("nobody"),
                        a -> a.metrics(m -> m.id("m1").expression("1")));
        for (Consumer<PutMetricAlarmRequest.Builder> change : bad) {
            assertThatThrownBy(() -> client.putMetricAlarm(alarm(change)))
                    .isInstanceOfSatisfying(
                            CloudWatchException.class,
                            e -> assertThat(e.statusCode()).isEqualTo(400));
        }
        assertThat(client.describeAlarms().metricAlarms()).isEmpty();
    }

    private StateValue state(String name) {
        return client.describeAlarms(d -> d.alarmNames(name)).metricAlarms().get(0).stateValue();
    }

    private StateValue composite() {
        return client.describeAlarms(d -> d.alarmTypes(AlarmType.COMPOSITE_ALARM))
                .compositeAlarms()
                .get(0)
                .stateValue();
    }

    private void put(double value, Instant at) {
        client.putMetricData(
                p ->
                        p.namespace("N")
                                .metricData(
                                        m ->
                                                m.metricName("m")
                                                        .dimensions(d -> d.name("T").value("t1"))
                                                        .value(value)
                                                        .timestamp(at)));
    }

    private static PutMetricAlarmRequest alarm(Consumer<PutMetricAlarmRequest.Builder> change) {
        return PutMetricAlarmRequest.builder()
                .alarmName("busy")
                .namespace("N")
                .metricName("m")
                .dimensions(d -> d.name("T").value("t1"))
                .statistic(Statistic.MAXIMUM)
                .period(60)
                .evaluationPeriods(3)
                .datapointsToAlarm(2)
                .threshold(10.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .applyMutation(change)
                .build();
    }
}
