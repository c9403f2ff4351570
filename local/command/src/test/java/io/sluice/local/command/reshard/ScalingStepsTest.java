package io.sluice.local.command.reshard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScalingStepsTest {
    @Test
    void eachStepAtMostDoublesOrHalvesAndTheLastIsTheWantedOne() {
        for (int from = 1; from <= 60; from++) {
            for (int to = 1; to <= 60; to++) {
                int now = from;
                for (int step : ScalingSteps.between(from, to)) {
                    assertThat(step).isBetween((now + 1) / 2, now * 2).isNotEqualTo(now);
                    now = step;
                }
                assertThat(now).isEqualTo(to);
            }
        }
    }

    @Test
    void nothingIsDoneForTheSameCount() {
        assertThat(ScalingSteps.between(3, 3)).isEmpty();
    }

    @Test
    void stepsAreAsFewAsCanBe() {
        assertThat(ScalingSteps.between(2, 9)).containsExactly(4, 8, 9);
        assertThat(ScalingSteps.between(9, 2)).containsExactly(5, 3, 2);
    }
}
