package io.sluice.ingress.stream;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BackoffTest {
    @Property
    void pauseGrowsWithTheAttemptsWithinBounds(
            @ForAll @IntRange(min = 1, max = 1_000) int attempts) {
        long full = Math.min(1_000, 25L << Math.min(attempts - 1, 10));
        assertThat(new Backoff().applyAsLong(attempts)).isBetween(full / 2, full);
    }
}
