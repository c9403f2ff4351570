package io.sluice.sinks.aws;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void ceilingDoublesUpToTheLast() {
        Backoff longest = new Backoff(100, 1_000, bound -> bound - 1);

        assertThat(longest.delayMillis(1)).isEqualTo(100);
        assertThat(longest.delayMillis(2)).isEqualTo(200);
        assertThat(longest.delayMillis(4)).isEqualTo(800);
        assertThat(longest.delayMillis(5)).isEqualTo(1_000);
    }

    @Property
    void delayIsWithinItsBoundsForAnyAttempt(@ForAll int attempt) {
        assertThat(new Backoff(100, 1_000, Jitter.random()).delayMillis(attempt))
                .isBetween(1L, 1_000L);
    }
}
