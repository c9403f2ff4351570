package io.sluice.local.command.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlinkRestTest {
    @Test
    void streamIsReadFromTheMetricsName() {
        assertThat(
                        FlinkRest.streamOf(
                                "Source__events.KinesisConsumer.stream.sluice-events.shardId."
                                        + "shardId-000000000001.millisBehindLatest"))
                .isEqualTo("sluice-events");
    }
}
