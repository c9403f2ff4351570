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

    @Test
    void targetIsReadFromTheMetricsName() {
        assertThat(
                        FlinkRest.targetOf(
                                "invoke_model.target.us-east-1/amazon_nova-micro-v1_0.breakerState"))
                .isEqualTo("us-east-1/amazon_nova-micro-v1_0");
    }
}
