package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionTimeTest {
    private static final long ARRIVAL = Facts.NOON;

    @ParameterizedTest
    @ValueSource(longs = {-5_000, -4_999, 0, 4_999, 5_000})
    void theIngressIsBelievedWithinFiveSeconds(long skewMillis) {
        DecisionTime time = DecisionTime.of(ARRIVAL + skewMillis, ARRIVAL, 0);
        assertThat(time.millis()).isEqualTo(ARRIVAL + skewMillis);
        assertThat(time.adjusted()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, ARRIVAL - 5_001, ARRIVAL + 5_001, Long.MAX_VALUE})
    void beyondThatTheStreamIsBelieved(long receivedAtMillis) {
        DecisionTime time = DecisionTime.of(receivedAtMillis, ARRIVAL, 0);
        assertThat(time.millis()).isEqualTo(ARRIVAL);
        assertThat(time.adjusted()).isTrue();
    }

    @Test
    void timeNeverGoesBack() {
        assertThat(DecisionTime.of(ARRIVAL, ARRIVAL, ARRIVAL + 7).millis()).isEqualTo(ARRIVAL + 7);
        assertThat(DecisionTime.of(0, ARRIVAL, ARRIVAL + 7).millis()).isEqualTo(ARRIVAL + 7);
        assertThat(DecisionTime.of(ARRIVAL, ARRIVAL, ARRIVAL + 7).adjusted()).isFalse();
    }
}
