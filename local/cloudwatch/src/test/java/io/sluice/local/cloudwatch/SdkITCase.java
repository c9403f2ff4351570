package io.sluice.local.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterValueException;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

@SuppressWarnings("unchecked") // the SDK takes builders as generic varargs
class SdkITCase {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:30Z");
    private static final Instant HOUR_AGO = NOW.minusSeconds(3600);

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
    void sentAgainIsAddedAgain() {
        put(datum("a", "t1").value(2.0).build());
        put(datum("a", "t1").value(2.0).build());
        assertThat(values("Sum", "t1")).containsExactly(4.0);
        assertThat(values("SampleCount", "t1")).containsExactly(2.0);
    }

    @Test
    void statisticSetsAndValuesAddUp() {
        put(
                datum("a", "t1")
                        .statisticValues(
                                s -> s.sampleCount(3.0).sum(30.0).minimum(5.0).maximum(20.0))
                        .build());
        put(datum("a", "t1").values(1.0, 2.0).counts(1.0, 4.0).build());
        assertThat(values("Sum", "t1")).containsExactly(39.0);
        assertThat(values("SampleCount", "t1")).containsExactly(8.0);
        assertThat(values("Minimum", "t1")).containsExactly(1.0);
        assertThat(values("Maximum", "t1")).containsExactly(20.0);
        assertThat(values("Average", "t1")).containsExactly(39.0 / 8);
    }

    @Test
    void percentilesComeFromRawValues() {
        List<Double> values = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            values.add((double) i);
        }
        put(datum("a", "t1").values(values).build());
        assertThat(values("p50", "t1")).containsExactly(50.0);
        assertThat(values("p99", "t1")).containsExactly(99.0);
    }

    @Test
    void anotherDimensionSetIsAnotherMetric() {
        put(datum("a", "t1").value(1.0).build());
        assertThat(values("Sum", "t2")).isEmpty();
    }

    @Test
    void dataOutlivesTheServerAndATornTail() throws IOException {
        put(datum("a", "t1").value(7.0).build());
        stop();
        try (Stream<Path> files = Files.list(dir)) {
            Files.write(
                    files.filter(f -> f.toString().endsWith(".log")).findFirst().orElseThrow(),
                    new byte[] {0, 0, 0, 9, 1},
                    StandardOpenOption.APPEND);
        }
        start();
        put(datum("a", "t1").value(1.0).build());
        stop();
        start();
        assertThat(values("Sum", "t1")).containsExactly(8.0);
    }

    @Test
    void largeRequestsComeCompressed() {
        List<MetricDatum> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add(datum("a", "tenant-" + i).value(1.0).build());
        }
        client.putMetricData(p -> p.namespace("Orchestrator").metricData(many));
        assertThat(values("Sum", "tenant-999")).containsExactly(1.0);
        assertThat(client.listMetricsPaginator(l -> l.namespace("Orchestrator")).metrics().stream())
                .hasSize(1000);
        assertThat(
                        client.listMetrics(
                                        l ->
                                                l.dimensions(
                                                        d -> d.name("TenantId").value("tenant-7")))
                                .metrics())
                .hasSize(1);
    }

    @Test
    void pagesAndOrderOfGetMetricData() {
        for (int minute = 0; minute < 10; minute++) {
            Instant at = NOW.minusSeconds(60L * minute);
            put(datum("a", "t1").timestamp(at).value((double) minute).build());
        }
        List<Double> ascending =
                client
                        .getMetricDataPaginator(
                                g ->
                                        g.startTime(HOUR_AGO)
                                                .endTime(NOW.plusSeconds(60))
                                                .scanBy(ScanBy.TIMESTAMP_ASCENDING)
                                                .maxDatapoints(3)
                                                .metricDataQueries(
                                                        q ->
                                                                q.id("q1")
                                                                        .metricStat(
                                                                                m ->
                                                                                        m.metric(
                                                                                                        metric(
                                                                                                                "t1"))
                                                                                                .period(
                                                                                                        60)
                                                                                                .stat(
                                                                                                        "Sum"))))
                        .metricDataResults()
                        .stream()
                        .flatMap(r -> r.values().stream())
                        .toList();
        assertThat(ascending).containsExactly(9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 0.0);
        assertThat(values("Sum", "t1"))
                .containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0);
    }

    @Test
    void metricStatisticsPerPeriodAndUnit() {
        put(
                datum("a", "t1")
                        .timestamp(NOW.minusSeconds(240))
                        .unit(StandardUnit.COUNT)
                        .value(1.0)
                        .build());
        put(
                datum("a", "t1")
                        .timestamp(NOW.minusSeconds(200))
                        .unit(StandardUnit.COUNT)
                        .value(3.0)
                        .build());
        var points =
                client.getMetricStatistics(
                                g ->
                                        g.namespace("Orchestrator")
                                                .metricName("a")
                                                .dimensions(tenant("t1"))
                                                .startTime(HOUR_AGO)
                                                .endTime(NOW)
                                                .period(300)
                                                .statistics(Statistic.SUM, Statistic.MAXIMUM))
                        .datapoints();
        assertThat(points).hasSize(1);
        assertThat(points.get(0).sum()).isEqualTo(4.0);
        assertThat(points.get(0).maximum()).isEqualTo(3.0);
        assertThat(points.get(0).unit()).isEqualTo(StandardUnit.COUNT);
        assertThat(points.get(0).timestamp()).isEqualTo(Instant.parse("2026-03-01T11:55:00Z"));
    }

    static Stream<MetricDatum> refused() {
        return Stream.of(
                datum("a", "t").value(Double.NaN).build(),
                datum("a", "t").value(Double.POSITIVE_INFINITY).build(),
                datum("a", "t").value(Math.pow(2, 361)).build(),
                datum("a", "t").build(),
                datum("", "t").value(1.0).build(),
                datum("a\u00e9", "t").value(1.0).build(),
                datum("a", "").value(1.0).build(),
                datum("a", "x".repeat(1025)).value(1.0).build(),
                datum("a", "t").value(1.0).timestamp(NOW.minusSeconds(15 * 86_400)).build(),
                datum("a", "t").value(1.0).timestamp(NOW.plusSeconds(3 * 3600)).build(),
                datum("a", "t").value(1.0).storageResolution(5).build(),
                datum("a", "t").value(1.0).unit("Parsecs").build(),
                datum("a", "t")
                        .value(1.0)
                        .statisticValues(s -> s.sampleCount(1.0).sum(1.0).minimum(1.0).maximum(1.0))
                        .build(),
                datum("a", "t")
                        .statisticValues(s -> s.sampleCount(1.0).sum(1.0).minimum(2.0).maximum(1.0))
                        .build(),
                datum("a", "t").values(Collections.nCopies(151, 1.0)).build(),
                datum("a", "t").values(1.0, 2.0).counts(1.0).build(),
                datum("a", "t").value(1.0).dimensions(Collections.nCopies(2, tenant("t"))).build(),
                datum("a", "t")
                        .value(1.0)
                        .dimensions(
                                Stream.iterate(0, i -> i + 1)
                                        .limit(31)
                                        .map(i -> tenant("t").toBuilder().name("d" + i).build())
                                        .toList())
                        .build());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void oneBadDatumRefusesTheWholeRequest(MetricDatum bad) {
        MetricDatum good = datum("a", "t1").value(1.0).build();
        assertThatThrownBy(
                        () ->
                                client.putMetricData(
                                        p -> p.namespace("Orchestrator").metricData(good, bad)))
                .isInstanceOfSatisfying(
                        CloudWatchException.class, e -> assertThat(e.statusCode()).isEqualTo(400));
        assertThat(values("Sum", "t1")).isEmpty();
    }

    @Test
    void reservedNamespaceAndTooManyDatumsAreRefused() {
        MetricDatum datum = datum("a", "t1").value(1.0).build();
        assertThatThrownBy(
                        () ->
                                client.putMetricData(
                                        p -> p.namespace("AWS/Bedrock").metricData(datum)))
                .isInstanceOf(InvalidParameterValueException.class);
        assertThatThrownBy(
                        () ->
                                client.putMetricData(
                                        p ->
                                                p.namespace("O")
                                                        .metricData(
                                                                Collections.nCopies(1001, datum))))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("1000");
    }

    @Test
    void metricMathSaysThatItIsUnsupported() {
        assertThatThrownBy(
                        () ->
                                client.getMetricData(
                                        g ->
                                                g.startTime(HOUR_AGO)
                                                        .endTime(NOW)
                                                        .metricDataQueries(
                                                                q ->
                                                                        q.id("e1")
                                                                                .expression(
                                                                                        "SUM(METRICS())"))))
                .hasMessageContaining("no metric math");
    }

    private void put(MetricDatum datum) {
        client.putMetricData(p -> p.namespace("Orchestrator").metricData(datum));
    }

    private List<Double> values(String stat, String tenant) {
        GetMetricDataResponse response =
                client.getMetricData(
                        g ->
                                g.startTime(HOUR_AGO)
                                        .endTime(NOW.plusSeconds(60))
                                        .metricDataQueries(
                                                q ->
                                                        q.id("q1")
                                                                .metricStat(
                                                                        m ->
                                                                                m.metric(
                                                                                                metric(
                                                                                                        tenant))
                                                                                        .period(60)
                                                                                        .stat(
                                                                                                stat))));
        return response.metricDataResults().get(0).values();
    }

    private static software.amazon.awssdk.services.cloudwatch.model.Metric metric(String tenant) {
        return software.amazon.awssdk.services.cloudwatch.model.Metric.builder()
                .namespace("Orchestrator")
                .metricName("a")
                .dimensions(tenant(tenant))
                .build();
    }

    private static MetricDatum.Builder datum(String name, String tenant) {
        return MetricDatum.builder().metricName(name).dimensions(tenant(tenant));
    }

    private static Dimension tenant(String tenant) {
        return Dimension.builder().name("TenantId").value(tenant).build();
    }
}
