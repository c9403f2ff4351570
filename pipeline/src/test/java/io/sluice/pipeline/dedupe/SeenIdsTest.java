package io.sluice.pipeline.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeenIdsTest {
    private static final long NOW = 1_790_078_400_000L;
    private static final long HOUR = SeenIds.MEMORY_MILLIS;

    private final KeptSeenChunks chunks = new KeptSeenChunks();
    private final SeenIds seen = new SeenIds();

    @Test
    void anIdNewerThanAllIsNewWithoutALook() {
        fill(10 * SeenIds.CHUNK);
        RequestKey newer = key(NOW + 10 * SeenIds.CHUNK, 0);
        assertThat(seen.isNewest(newer)).isTrue();
        assertThat(seen.contains(newer, chunks)).isFalse();
        assertThat(chunks.loads).isZero();
        assertThat(seen.isNewest(key(NOW + 10 * SeenIds.CHUNK - 1, 7))).isFalse();
    }

    @Test
    void anIdFarBackIsFoundWithAFewLooks() {
        fill(64 * SeenIds.CHUNK);
        assertThat(seen.contains(key(NOW + 5, 5), chunks)).isTrue();
        assertThat(chunks.loads).isLessThanOrEqualTo(8);
    }

    @Test
    void aStrangerFarBackIsRefusedWithAFewLooks() {
        fill(64 * SeenIds.CHUNK);
        assertThat(seen.contains(key(NOW + 5, 99), chunks)).isFalse();
        assertThat(chunks.loads).as("bisection, its chunk, and none after it").isEqualTo(7);
    }

    @Test
    void anIdAsNewAsTheNewestIsLookedUp() {
        fill(SeenIds.CHUNK);
        assertThat(seen.head()).isEqualTo(1);
        assertThat(seen.contains(key(NOW + SeenIds.CHUNK - 1, SeenIds.CHUNK - 1), chunks)).isTrue();
        assertThat(seen.contains(key(NOW + SeenIds.CHUNK - 1, 0), chunks)).isFalse();
    }

    @Test
    void anIdThatCameLateIsFoundInTheChunkItCameIn() {
        fill(2 * SeenIds.CHUNK + 1);
        RequestKey late = key(NOW + 3, 500);
        seen.add(late, NOW + 2 * SeenIds.CHUNK, chunks);
        for (int i = 2 * SeenIds.CHUNK + 2; i < 6 * SeenIds.CHUNK; i++) {
            seen.add(key(NOW + i, i), NOW + i, chunks);
        }
        assertThat(seen.disorderMillis()).isEqualTo(2 * SeenIds.CHUNK - 3);
        assertThat(seen.contains(late, chunks)).isTrue();
    }

    @Test
    void halvesOfTwoIdsAreNotAThird() {
        seen.add(new RequestKey(1L << 40, 2), NOW, chunks);
        seen.add(new RequestKey(3L << 40, 4), NOW, chunks);
        assertThat(seen.contains(new RequestKey(1L << 40, 4), chunks)).isFalse();
        assertThat(seen.contains(new RequestKey(3L << 40, 2), chunks)).isFalse();
        assertThat(seen.contains(new RequestKey(3L << 40, 4), chunks)).isTrue();
    }

    @Test
    void aChunkIsForgottenWhenItsLastIdIsAnHourOld() {
        fill(2 * SeenIds.CHUNK);
        seen.forget(NOW + SeenIds.CHUNK - 1 + HOUR - 1, chunks);
        assertThat(seen.tail()).isZero();
        seen.forget(NOW + SeenIds.CHUNK - 1 + HOUR, chunks);
        assertThat(seen.tail()).isEqualTo(1);
        assertThat(seen.tailArrivalMillis()).isEqualTo(NOW + 2 * SeenIds.CHUNK - 1);
        assertThat(chunks.kept).containsOnlyKeys(1L);
        assertThat(seen.contains(key(NOW + 1, 1), chunks)).isFalse();
        assertThat(seen.contains(key(NOW + SeenIds.CHUNK, SeenIds.CHUNK), chunks)).isTrue();
    }

    @Test
    void anIdWithoutATimeIsKnownLikeAnyOther() {
        RequestKey timeless = RequestKey.of("r1");
        assertThat(seen.contains(timeless, chunks)).isFalse();
        seen.add(timeless, NOW, chunks);
        fill(3 * SeenIds.CHUNK);
        assertThat(seen.contains(timeless, chunks)).isTrue();
        assertThat(seen.contains(RequestKey.of("r2"), chunks)).isFalse();
    }

    @Test
    void aChunkFilledAfterARestoreHoldsNothingButItsIds() {
        fill(12);
        SeenIds restored =
                new SeenIds(0, 0, 0, 0, seen.newestMillis(), 0, NOW + 11, seen.heldBits());
        for (int i = 12; i < SeenIds.CHUNK; i++) {
            restored.add(key(NOW + i, i), NOW + i, chunks);
        }
        assertThat(chunks.kept.get(0L).bits()).hasSize(2 * SeenIds.CHUNK);
        assertThat(restored.contains(new RequestKey(0, 0), chunks)).isFalse();
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            seen.add(key(NOW + i, i), NOW + i, chunks);
        }
    }

    private static RequestKey key(long timeMillis, long number) {
        return new RequestKey(timeMillis << 16, number);
    }
}
