package io.sluice.local.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BehaviorTest {

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.25, 0.5, 0.9, 1})
    void throttleRateIsMetExactlyAndEvenly(double rate) {
        Behavior behavior = new Behavior("*", LatencyMillis.NONE, 0, rate, 0, null, 0, 0, 0);
        long throttled =
                LongStream.rangeClosed(1, 1000)
                        .filter(n -> behavior.endingOf(n).effect() == Effect.THROTTLE)
                        .count();
        assertThat(throttled).isEqualTo(Math.round(rate * 1000));
    }

    @Test
    void throttlingWinsOverHangingOverCuttingOverErrors() {
        Behavior behavior =
                new Behavior("*", LatencyMillis.NONE, 0, 0, 5, Fault.MODEL_ERROR, 1, 3, 2);
        assertThat(LongStream.rangeClosed(1, 6).mapToObj(n -> behavior.endingOf(n).effect()))
                .containsExactly(
                        Effect.FAIL,
                        Effect.CUT_AMID,
                        Effect.HANG,
                        Effect.CUT_AMID,
                        Effect.THROTTLE,
                        Effect.HANG);
    }

    @Test
    void latencyStaysInItsRangeAndAddsTheTimeOfTheTokens() {
        Behavior behavior = new Behavior("*", new LatencyMillis(10, 20), 100, 0, 0, null, 0, 0, 0);
        assertThat(LongStream.rangeClosed(1, 500).map(n -> behavior.latencyMillis(n, 50)).boxed())
                .allMatch(millis -> millis >= 510 && millis <= 520)
                .contains(510L, 520L);
    }
}
