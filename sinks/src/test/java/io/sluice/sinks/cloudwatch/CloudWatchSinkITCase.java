package io.sluice.sinks.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.cloudwatch.CloudWatchServer;
import io.sluice.local.cloudwatch.Settings;
import io.sluice.sinks.ManualContext;
import io.sluice.sinks.WaitingMailbox;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.aws.AwsService;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** The sink against the embedded CloudWatch, read back through the unmodified SDK. */
class CloudWatchSinkITCase {
    private static final long START = 1_767_225_600_000L;

    @Test
    void statisticsComeBackAsTheyWereAddedUp(@TempDir Path dir) throws Exception {
        System.setProperty("aws.accessKeyId", "sluice");
        System.setProperty("aws.secretAccessKey", "sluice");
        Clock clock = Clock.fixed(Instant.ofEpochMilli(START + 120_000), ZoneOffset.UTC);
        try (CloudWatchServer server = CloudWatchServer.start(Settings.in(dir).withClock(clock))) {
            AwsAccess access =
                    AwsAccess.of(AwsService.CLOUDWATCH, "us-east-1", server.endpoint().toString());
            SinkWriter<MetricSample> writer =
                    CloudWatchSink.into(
                                    access, "Orchestrator", CloudWatchSink.Settings.keepingApart(9))
                            .createWriter(new ManualContext(new WaitingMailbox(START + 120_000)));
            for (int i = 1; i <= 3_000; i++) {
                writer.write(
                        MetricSample.cost("acme", "m" + i % 1_500, START, i * 1_000_000L), null);
            }
            writer.flush(true);
            writer.close();

            assertThat(statistics(access, "m7"))
                    .singleElement()
                    .satisfies(
                            point -> {
                                assertThat(point.sampleCount()).isEqualTo(2.0);
                                assertThat(point.sum()).isEqualTo(0.001514);
                                assertThat(point.minimum()).isEqualTo(0.000007);
                                assertThat(point.maximum()).isEqualTo(0.001507);
                            });
        }
    }

    private static List<Datapoint> statistics(AwsAccess access, String model) {
        try (CloudWatchClient client = access.apply(CloudWatchClient.builder()).build()) {
            return client.getMetricStatistics(
                            query ->
                                    query.namespace("Orchestrator")
                                            .metricName("LLMCost")
                                            .dimensions(
                                                    dimension("Model", model),
                                                    dimension("TenantId", "acme"))
                                            .startTime(Instant.ofEpochMilli(START))
                                            .endTime(Instant.ofEpochMilli(START + 60_000))
                                            .period(60)
                                            .statistics(
                                                    Statistic.SAMPLE_COUNT,
                                                    Statistic.SUM,
                                                    Statistic.MINIMUM,
                                                    Statistic.MAXIMUM))
                    .datapoints();
        }
    }

    private static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }
}
