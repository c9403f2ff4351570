package io.sluice.sinks.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.aws.AwsService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloudWatchMetricStoreTest {
    private static final long START = 1_767_225_600_000L;

    private static RecordingMetricServer server;
    private static MetricStore store;

    @BeforeAll
    static void start() throws Exception {
        System.setProperty("aws.accessKeyId", "sluice");
        System.setProperty("aws.secretAccessKey", "sluice");
        server = new RecordingMetricServer();
        AwsAccess access = AwsAccess.of(AwsService.CLOUDWATCH, "us-east-1", server.endpoint());
        store = CloudWatchMetricStore.in(access, "Orchestrator").open();
    }

    @AfterAll
    static void stop() {
        store.close();
        server.close();
    }

    @BeforeEach
    void forget() {
        server.calls.clear();
        server.statusesToCome.clear();
    }

    @Test
    void moneyIsSentInUsdWithDimensionsInOrder() {
        MetricSet set =
                MetricSet.of(
                                MetricSample.cost(
                                        "acme", "amazon.nova-micro-v1:0", START, 123_000_000))
                        .plus(
                                MetricSet.of(
                                        MetricSample.cost(
                                                "acme", "amazon.nova-micro-v1:0", START, 0)));

        store.put(new MetricBatch(List.of(set), 0)).join();

        Map<String, String> datum = server.calls.remove();
        assertThat(datum)
                .containsEntry("Action", "PutMetricData")
                .containsEntry("Namespace", "Orchestrator")
                .containsEntry("MetricData.member.1.MetricName", "LLMCost")
                .containsEntry("MetricData.member.1.Dimensions.member.1.Name", "Model")
                .containsEntry("MetricData.member.1.Dimensions.member.2.Name", "TenantId")
                .containsEntry("MetricData.member.1.Dimensions.member.2.Value", "acme")
                .containsEntry("MetricData.member.1.Unit", "None")
                .containsEntry("MetricData.member.1.Timestamp", "2026-01-01T00:00:00Z")
                .containsEntry("MetricData.member.1.StatisticValues.SampleCount", "2.0")
                .containsEntry("MetricData.member.1.StatisticValues.Sum", "1.23E-4");
    }

    @Test
    void throttlingIsRepeated() {
        server.statusesToCome.add(400);
        MetricSet set = MetricSet.of(MetricSample.request("acme", "chat", START));

        store.put(new MetricBatch(List.of(set), 0)).join();

        assertThat(server.calls).hasSize(2);
    }

    /** The estimate that keeps a call below 1 MB must not be below what is really sent. */
    @Test
    void estimateOfTheSizeIsNotTooLow() {
        List<MetricSet> sets = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            sets.add(
                    MetricSet.of(
                            MetricSample.request(
                                    "t".repeat(46) + i, ":".repeat(64), Long.MAX_VALUE / 4)));
        }
        MetricBatch batch = MetricBatch.of(sets).get(0);

        store.put(batch).join();

        long sent =
                server.calls.remove().entrySet().stream()
                        .mapToLong(e -> e.getKey().length() + 2L + encodedLength(e.getValue()))
                        .sum();
        assertThat(sent).isLessThan(batch.bytes()).isGreaterThan(batch.bytes() / 3);
    }

    private static long encodedLength(String value) {
        return java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8).length();
    }
}
