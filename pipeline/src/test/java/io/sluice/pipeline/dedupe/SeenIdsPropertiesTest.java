package io.sluice.pipeline.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Seen ids are those of a plain map from id to arrival time. */
class SeenIdsPropertiesTest {
    private static final long HOUR = 3_600_000;
    private static final long START = 1_790_078_400_000L;

    /** An id that comes: how long after the one before, and how far its own time is off. */
    private record Coming(long waitMillis, long offMillis, boolean timeless) {}

    @Provide
    Arbitrary<List<Coming>> comings() {
        return Arbitraries.randomValue(SeenIdsPropertiesTest::coming)
                .list()
                .ofMinSize(1)
                .ofMaxSize(220);
    }

    private static Coming coming(Random random) {
        long[] waits = {0, 0, 1, 1_000, 60_000, 60_000, random.nextInt(300_000), HOUR - 1, HOUR};
        long[] offs = {0, 0, 0, 0, 0, -1, -1, 1, -2_000, -90_000, 5_000, -2 * HOUR, 10 * HOUR};
        int wait = random.nextInt(100) == 0 ? 7 + random.nextInt(2) : random.nextInt(7);
        return new Coming(waits[wait], offs[random.nextInt(offs.length)], random.nextInt(20) == 0);
    }

    @Property
    void everyIdOfTheLastHourIsKnownAndNoOther(@ForAll("comings") List<Coming> comings) {
        KeptSeenChunks chunks = new KeptSeenChunks();
        SeenIds seen = new SeenIds();
        Map<RequestKey, Long> arrivedAt = new LinkedHashMap<>();
        long now = START;
        for (Coming coming : comings) {
            now += coming.waitMillis;
            RequestKey id = key(coming, now, arrivedAt.size());
            seen.forget(now, chunks);
            assertThat(seen.contains(id, chunks)).as("%s is new", id).isFalse();
            seen.add(id, now, chunks);
            arrivedAt.put(id, now);
            for (Map.Entry<RequestKey, Long> entry : arrivedAt.entrySet()) {
                if (entry.getValue() > now - HOUR) {
                    assertThat(seen.contains(entry.getKey(), chunks)).isTrue();
                    assertThat(seen.isNewest(entry.getKey())).isFalse();
                }
            }
            assertThat(seen.contains(key(coming, now, 999_999), chunks)).isFalse();
            assertThat(seen.isEmpty()).isFalse();
        }
        assertThat(chunks.kept.size()).isLessThanOrEqualTo(arrivedAt.size() / SeenIds.CHUNK);
        seen.forget(now + HOUR - 1, chunks);
        assertThat(seen.isEmpty()).isFalse();
        seen.forget(now + HOUR, chunks);
        assertThat(seen.isEmpty()).isTrue();
        assertThat(chunks.kept).isEmpty();
        arrivedAt.keySet().forEach(id -> assertThat(seen.contains(id, chunks)).isFalse());
    }

    @Property
    void idsRestoredAtAnyStepGoOnAsIfNothingHadHappened(@ForAll("comings") List<Coming> comings) {
        KeptSeenChunks chunks = new KeptSeenChunks();
        KeptSeenChunks restoredChunks = new KeptSeenChunks();
        SeenIds seen = new SeenIds();
        SeenIds restored = new SeenIds();
        List<RequestKey> all = new ArrayList<>();
        long now = START;
        for (Coming coming : comings) {
            now += coming.waitMillis;
            RequestKey id = key(coming, now, all.size());
            all.add(id);
            seen.forget(now, chunks);
            restored.forget(now, restoredChunks);
            seen.add(id, now, chunks);
            restored.add(id, now, restoredChunks);
            restored =
                    new SeenIds(
                            restored.tail(),
                            restored.head(),
                            restored.tailArrivalMillis(),
                            restored.storedNewestMillis(),
                            restored.newestMillis(),
                            restored.disorderMillis(),
                            restored.lastArrivalMillis(),
                            restored.heldBits());
            assertThat(restored.heldBits()).isEqualTo(seen.heldBits());
            assertThat(restored.tail()).isEqualTo(seen.tail());
            assertThat(restoredChunks.kept.keySet()).isEqualTo(chunks.kept.keySet());
        }
        for (RequestKey id : all) {
            assertThat(restored.contains(id, restoredChunks)).isEqualTo(seen.contains(id, chunks));
        }
    }

    private static RequestKey key(Coming coming, long nowMillis, long number) {
        long time = coming.timeless ? 0 : nowMillis + coming.offMillis;
        return new RequestKey(time << 16, number);
    }
}
