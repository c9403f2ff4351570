package io.sluice.pipeline.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** The log against a list of all times, over bursts of up to three chunks. */
class SlidingLogPropertiesTest {
    private static final long START = 1_790_078_400_000L;

    /** Waits before each admission: mostly none, so that the minute fills several chunks. */
    @Provide
    Arbitrary<List<Long>> waits() {
        Arbitrary<Long> wait =
                Arbitraries.frequencyOf(
                        Tuple.of(60, Arbitraries.just(0L)),
                        Tuple.of(30, Arbitraries.longs().between(1, 900)),
                        Tuple.of(4, Arbitraries.longs().between(900, 30_000)),
                        Tuple.of(2, Arbitraries.of(59_999L, 60_000L, 60_001L)));
        return wait.list()
                .ofMinSize(1)
                .ofMaxSize(260)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    @Property
    void r1R2TheLogCountsAndWaitsAsAListWould(@ForAll("waits") List<Long> waits) {
        KeptChunks chunks = new KeptChunks();
        SlidingLog log = new SlidingLog();
        List<Long> all = new ArrayList<>();
        long now = START;
        for (long wait : waits) {
            long at = now + wait;
            now = at;
            log.expire(at, chunks);
            List<Long> live = all.stream().filter(time -> time > at - 60_000).toList();
            assertThat(log.count()).isEqualTo(live.size());
            for (int limit : new int[] {1, live.size() / 2 + 1, live.size(), live.size() + 1}) {
                if (limit > 0) {
                    assertThat(log.millisUntilBelow(limit, at, chunks))
                            .isEqualTo(waitFor(live, limit, at));
                }
            }
            assertThat(log.millisUntilOldestLeaves(at))
                    .isEqualTo(live.isEmpty() ? 0 : live.get(0) + 60_000 - at);
            log.append(at, 0, chunks);
            all.add(at);
        }
    }

    @Property
    void aLogRestoredAtAnyStepGoesOnAsIfNothingHadHappened(@ForAll("waits") List<Long> waits) {
        KeptChunks chunks = new KeptChunks();
        KeptChunks restoredChunks = new KeptChunks();
        SlidingLog log = new SlidingLog();
        SlidingLog restored = new SlidingLog();
        long now = START;
        for (long wait : waits) {
            now += wait;
            log.expire(now, chunks);
            restored.expire(now, restoredChunks);
            log.append(now, 7 * wait, chunks);
            restored.append(now, 7 * wait, restoredChunks);
            assertThat(restored).isEqualTo(log);
            assertThat(restoredChunks.kept).containsExactlyInAnyOrderEntriesOf(chunks.kept);
            long[] held = restored.heldEntries();
            assertThat(held).hasSize(2 * SlidingLog.heldCount(restored.tail(), restored.head()));
            restored =
                    SlidingLog.restore(restored.tail(), restored.head(), restored.tokens(), held);
        }
    }

    /** By trial: the first millisecond at which fewer than {@code limit} are left. */
    private static long waitFor(List<Long> live, int limit, long now) {
        if (live.size() < limit) {
            return 0;
        }
        for (long leavesAt : live.stream().map(time -> time + 60_000).toList()) {
            if (live.stream().filter(time -> time > leavesAt - 60_000).count() < limit) {
                return leavesAt - now;
            }
        }
        throw new AssertionError("never below " + limit);
    }
}
