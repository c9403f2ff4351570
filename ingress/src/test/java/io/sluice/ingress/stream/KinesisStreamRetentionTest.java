package io.sluice.ingress.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.contract.Names;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryResponse;

class KinesisStreamRetentionTest {
    private final OneStream stream = new OneStream();
    private final KinesisStreamRetention retention =
            new KinesisStreamRetention(stream, Names.EVENTS_STREAM);

    @AfterEach
    void stop() {
        retention.stop();
    }

    @Test
    void retentionIsWhatTheStreamItselfSays() {
        await().until(() -> retention.millis() == Duration.ofDays(7).toMillis());
        stream.hours = 24;
        retention.ask();
        assertThat(retention.millis()).isEqualTo(Duration.ofDays(1).toMillis());
    }

    @Test
    void whatWasHeardLastStandsWhileTheStreamDoesNotAnswer() {
        await().until(() -> retention.millis() == Duration.ofDays(7).toMillis());
        stream.failing = true;
        stream.hours = 24;
        retention.ask();
        assertThat(retention.millis()).isEqualTo(Duration.ofDays(7).toMillis());
    }

    @Test
    void nothingIsGoneBeforeTheStreamAnswered() {
        OneStream silent = new OneStream();
        silent.failing = true;
        KinesisStreamRetention unknown = new KinesisStreamRetention(silent, Names.EVENTS_STREAM);
        unknown.ask();
        assertThat(unknown.millis()).isEqualTo(Duration.ofDays(365).toMillis());
        unknown.stop();
    }

    private static final class OneStream implements KinesisAsyncClient {
        private volatile int hours = 168;
        private volatile boolean failing;

        @Override
        public CompletableFuture<DescribeStreamSummaryResponse> describeStreamSummary(
                DescribeStreamSummaryRequest request) {
            assertThat(request.streamName()).isEqualTo(Names.EVENTS_STREAM);
            return failing
                    ? CompletableFuture.failedFuture(new IllegalStateException("down"))
                    : CompletableFuture.completedFuture(
                            DescribeStreamSummaryResponse.builder()
                                    .streamDescriptionSummary(s -> s.retentionPeriodHours(hours))
                                    .build());
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
