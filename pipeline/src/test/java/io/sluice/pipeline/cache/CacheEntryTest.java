package io.sluice.pipeline.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CacheEntryTest {
    private static final long NOW = 1_790_078_400_000L;
    private static final long TTL = 1_800_000;

    private final CacheEntry entry = new CacheEntry("r1", NOW, TTL);

    @Test
    void anAgeOfExactlyTheTtlIsAMiss() {
        assertThat(entry.isFresh(NOW + TTL - 1, TTL)).isTrue();
        assertThat(entry.isFresh(NOW + TTL, TTL)).isFalse();
        assertThat(entry.isDead(NOW + TTL - 1)).isFalse();
        assertThat(entry.isDead(NOW + TTL)).isTrue();
    }

    @Test
    void aLoweredTtlCountsAtOnce() {
        assertThat(entry.isFresh(NOW + 999, 1_000)).isTrue();
        assertThat(entry.isFresh(NOW + 1_000, 1_000)).isFalse();
        assertThat(entry.isDead(NOW + 1_000)).as("the TTL may be raised again").isFalse();
    }

    @Test
    void aRaisedTtlDoesNotReviveIt() {
        assertThat(entry.isFresh(NOW + TTL, 2 * TTL)).isFalse();
    }

    @Test
    void anOutlivedAnswerIsKeptAndServableUntilBothItsAgeAndThePolicysSayNo() {
        CacheEntry kept = new CacheEntry("r1", NOW, TTL, 3 * TTL);
        assertThat(kept.isFresh(NOW + TTL, TTL)).isFalse();
        assertThat(kept.isServableStale(NOW + 3 * TTL - 1, 9 * TTL)).isTrue();
        assertThat(kept.isServableStale(NOW + 3 * TTL, 9 * TTL)).isFalse();
        assertThat(kept.isServableStale(NOW + 2 * TTL, 2 * TTL)).isFalse();
        assertThat(kept.isServableStale(NOW, 0)).as("a policy without it").isFalse();
        assertThat(kept.isDead(NOW + 3 * TTL - 1)).isFalse();
        assertThat(kept.isDead(NOW + 3 * TTL)).isTrue();
        assertThat(new CacheEntry("r1", NOW, TTL, 1).isDead(NOW + TTL - 1))
                .as("a shorter one changes nothing")
                .isFalse();
    }

    @Test
    void aRequestDatedBeforeTheOutcomeMayBeServed() {
        assertThat(entry.isFresh(NOW - 5_000, TTL)).isTrue();
    }
}
