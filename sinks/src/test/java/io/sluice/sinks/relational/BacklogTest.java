package io.sluice.sinks.relational;

import static io.sluice.sinks.relational.MirrorRows.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sinks.aws.Backoff;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private final Backlog backlog = backlog(100, 2);

    private static Backlog backlog(int batchRows, int atOnce) {
        return new Backlog(
                database -> new DatabaseBacklog.Limits(1_000, batchRows, atOnce),
                new Backoff(200, 10_000, bound -> bound - 1));
    }

    @Test
    void rowsOfASecondAreOneBatchAndTheHighestVersionOfEach() {
        backlog.offer(usage("a", 0, 2), 0);
        backlog.offer(usage("a", 0, 1), 10);
        backlog.offer(usage("a", 1, 1), 999);

        assertThat(backlog.poll(999)).isNull();
        assertThat(backlog.poll(1_000).rows()).containsExactly(usage("a", 0, 2), usage("a", 1, 1));
        assertThat(backlog.poll(1_000)).isNull();
    }

    @Test
    void ofEqualVersionsTheFirstStands() {
        MirrorRow first = MirrorRow.of(MirrorRows.result("a", "r", "text"), false);
        MirrorRow second =
                MirrorRow.of(
                        MirrorRows.result("a", "r", "text").toBuilder().attempt(2).build(), false);
        backlog.offer(first, 0);
        backlog.offer(second, 1);

        assertThat(backlog.poll(1_000).rows()).containsExactly(first);
    }

    @Test
    void databaseThatIsAwayIsAskedRarelyByOneBatchAndHoldsUpNoOther() {
        MirrorRow own = MirrorRow.of(MirrorRows.item("b", 0, 1).build(), true);
        backlog.offer(usage("a", 0, 1), 0);
        backlog.offer(own, 0);
        Batch failing = backlog.poll(1_000);
        Batch other = backlog.poll(1_000);
        assertThat(other.database()).isEqualTo("orchestrator_b");

        assertThat(backlog.failed(failing, 1_000)).isTrue();
        assertThat(backlog.written(other, 1_000)).isZero();
        backlog.offer(usage("a", 1, 1), 1_001);
        assertThat(backlog.poll(1_199)).isNull();
        Batch again = backlog.poll(1_200);
        assertThat(again.rows()).containsExactly(usage("a", 0, 1), usage("a", 1, 1));
        backlog.offer(usage("a", 2, 1), 1_201);
        assertThat(backlog.poll(9_999)).isNull();

        assertThat(backlog.failed(again, 1_200)).isFalse();
        assertThat(backlog.nextDueAtMillis()).isEqualTo(1_600);
        assertThat(backlog.written(backlog.poll(1_600), 1_600)).isEqualTo(2);
        assertThat(backlog.rows()).isZero();
    }

    @Test
    void failuresOfBatchesThatWereUnderWayTogetherCountOnce() {
        Backlog single = backlog(1, 2);
        single.offer(usage("a", 0, 1), 0);
        single.offer(usage("a", 1, 1), 0);
        Batch one = single.poll(1_000);
        Batch two = single.poll(1_000);
        single.offer(usage("a", 2, 1), 1_000);
        single.failed(one, 1_001);
        single.failed(two, 1_002);

        assertThat(single.nextDueAtMillis()).isEqualTo(1_201);
    }

    @Test
    void refusedRowIsFoundAndWaitsAlone() {
        for (int minute = 0; minute < 8; minute++) {
            backlog.offer(usage("a", minute, 1), 0);
        }
        List<MirrorRow> written = new ArrayList<>();
        MirrorRow bad = usage("a", 5, 1);
        for (Batch b = backlog.poll(1_000); b != null; b = backlog.poll(1_000)) {
            if (b.rows().contains(bad)) {
                backlog.refused(b, 1_000);
            } else {
                written.addAll(b.rows());
                backlog.written(b, 1_000);
            }
        }
        assertThat(written).hasSize(7).doesNotContain(bad);
        assertThat(backlog.refusedRows()).isEqualTo(1);
        assertThat(backlog.unwritten()).containsExactly(bad);

        backlog.offer(usage("a", 5, 2), 2_000);
        assertThat(backlog.nextDueAtMillis()).isEqualTo(61_000);
        assertThat(backlog.poll(61_000).rows()).containsExactly(usage("a", 5, 2));
    }

    @Test
    void ageIsThatOfTheOldestRowThatWaits() {
        assertThat(backlog.oldestSinceMillis()).isEqualTo(Long.MAX_VALUE);
        backlog.offer(usage("a", 0, 1), 5);
        backlog.offer(usage("a", 1, 1), 6);
        backlog.offer(usage("a", 0, 2), 7);
        assertThat(backlog.oldestSinceMillis()).isEqualTo(5);
    }

    /**
     * Versions in any order and as often as one likes, writes that fail, are refused or whose end
     * is not heard of: the database ends up with the highest version of each row, and nothing else
     * is remembered.
     */
    @Property
    void databaseEndsWithTheHighestVersionOfEachRow(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 80) int steps) {
        Random random = new Random(seed);
        Backlog tested = backlog(1 + random.nextInt(4), 1 + random.nextInt(3));
        MapMirrorStore store = new MapMirrorStore();
        Map<String, MirrorRow> highest = new HashMap<>();
        List<Batch> underWay = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < steps || tested.rows() > 0; i++) {
            now += random.nextInt(2_000);
            if (i < steps) {
                MirrorRow row = anyRow(random);
                tested.offer(row, now);
                highest.merge(row.key(), row, (a, b) -> b.version() > a.version() ? b : a);
            }
            Batch next = tested.poll(now);
            if (next != null) {
                underWay.add(next);
            }
            if (!underWay.isEmpty() && random.nextBoolean()) {
                end(tested, underWay.remove(random.nextInt(underWay.size())), store, random, now);
            }
            assertThat(tested.unwritten()).hasSize(tested.rows()).doesNotHaveDuplicates();
        }
        assertThat(tested.bytes()).isZero();
        Map<String, MirrorRow> kept = new HashMap<>(store.rowsOf(""));
        kept.putAll(store.rowsOf("orchestrator_own"));
        assertThat(kept).isEqualTo(highest);
        assertThat(store.rowsOf("").values()).noneMatch(row -> row.tenantId().equals("own"));
    }

    private static MirrorRow anyRow(Random random) {
        boolean own = random.nextInt(4) == 0;
        return MirrorRow.of(
                MirrorRows.item(own ? "own" : "a", random.nextInt(3), random.nextInt(20)).build(),
                own);
    }

    private static void end(
            Backlog tested, Batch batch, MapMirrorStore store, Random random, long now) {
        int fate = random.nextInt(4);
        boolean refusal = fate == 1;
        // Whether it was written before the answer got lost.
        boolean reached = fate != 0 && !refusal;
        if (reached) {
            store.write(batch.database(), batch.rows()).join();
        }
        if (refusal) {
            tested.refused(batch, now);
        } else if (fate == 3) {
            tested.written(batch, now);
        } else {
            tested.failed(batch, now);
        }
    }

    @Test
    void valuesAreRefusedAndServersAreAway() {
        assertThat(MirrorException.isRefusal(MirrorException.of(new SQLException("x", "22P05"))))
                .isTrue();
        assertThat(MirrorException.isRefusal(MirrorException.of(new SQLException("x", "57P01"))))
                .isFalse();
        assertThat(MirrorException.isRefusal(MirrorException.of(new SQLException("x")))).isFalse();
        assertThat(MirrorException.isRefusal(new CompletionException(null))).isFalse();
    }
}
