package io.sluice.pipeline.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitPropertiesTest {
    /** Whatever happens in whichever order. */
    @Property
    void limitStaysWithinItsBoundsAndFallsOncePerIntervalAtMost(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 50) int least,
            @ForAll @IntRange(min = 0, max = 500) int span,
            @ForAll @IntRange(min = 0, max = 1_000) int start,
            @ForAll @IntRange(min = 1, max = 99) int kept,
            @ForAll @IntRange(min = 0, max = 2_000) int interval) {
        Random random = new Random(seed);
        ConcurrencyLimit limit = new ConcurrencyLimit(least, least + span, start, kept, interval);
        long now = 1_000_000;
        long fellAt = Long.MIN_VALUE;
        for (int i = 0; i < 300; i++) {
            now += random.nextInt(100);
            int before = limit.calls();
            if (random.nextInt(3) == 0) {
                long startedAt = now - random.nextInt(500);
                limit.throttled(startedAt, now);
                if (limit.calls() < before) {
                    if (fellAt != Long.MIN_VALUE) {
                        assertThat(now - fellAt).isGreaterThanOrEqualTo(interval);
                        assertThat(startedAt).isGreaterThanOrEqualTo(fellAt);
                    }
                    assertThat((long) limit.calls() * 100)
                            .isGreaterThanOrEqualTo(
                                    Math.min(least * 100L, (long) before * kept - 100));
                    fellAt = now;
                }
            } else {
                limit.answered(random.nextInt(least + span) + 1, now);
                assertThat(limit.calls() - before).isBetween(0, 1);
            }
            assertThat(limit.calls()).isBetween(least, least + span);
        }
    }

    @Property
    void afterAThrottlingARoundTripOfSuccessesAddsOne(
            @ForAll @IntRange(min = 10, max = 900) int n) {
        ConcurrencyLimit limit = new ConcurrencyLimit(1, 2_000, n, 90, 0);
        limit.throttled(0, 0);
        int before = limit.calls();
        for (int i = 0; i < before; i++) {
            limit.answered(before, 1);
        }
        assertThat(limit.calls() - before).isBetween(0, 1);
        for (int i = 0; i < before + 2; i++) {
            limit.answered(before, 1);
        }
        assertThat(limit.calls() - before).isBetween(1, 2);
    }

    @Test
    void untilTheFirstThrottlingARoundTripDoublesIt() {
        ConcurrencyLimit limit = new ConcurrencyLimit(1, 1_000, 8, 80, 0);
        for (int i = 0; i < 8; i++) {
            limit.answered(8, 0);
        }
        assertThat(limit.calls()).isEqualTo(16);
    }

    @Test
    void whatIsLessThanHalfUsedDoesNotGrow() {
        ConcurrencyLimit limit = new ConcurrencyLimit(1, 1_000, 8, 80, 0);
        limit.answered(3, 0);
        assertThat(limit.calls()).isEqualTo(8);
        limit.answered(4, 0);
        assertThat(limit.calls()).isEqualTo(9);
    }

    @Test
    void callsOfTheRoundTripThatWasThrottledCountOnce() {
        ConcurrencyLimit limit = new ConcurrencyLimit(1, 100, 100, 80, 0);
        limit.throttled(500, 1_000);
        limit.throttled(999, 1_001);
        assertThat(limit.calls()).isEqualTo(80);
        limit.throttled(1_000, 1_002);
        limit.answered(1, 999);
        limit.throttled(1_000, 1_003);
        assertThat(limit.calls()).as("nothing was answered since").isEqualTo(80);
        limit.answered(1, 1_000);
        limit.throttled(1_001, 1_004);
        assertThat(limit.calls()).isEqualTo(64);
    }

    @Test
    void boundsThatAreNoneAreRefused() {
        assertThatThrownBy(() -> new ConcurrencyLimit(2, 1, 1, 80, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("seen 2 to 1");
    }
}
