package io.sluice.pipeline.metering;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Isolation;
import io.sluice.contract.Names;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageItem;
import io.sluice.pipeline.enforce.Facts;
import io.sluice.pipeline.usage.Dimensions;
import io.sluice.pipeline.usage.KeptRows;
import io.sluice.pipeline.usage.UsageChange;
import io.sluice.pipeline.usage.UsageWindows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountUsageOperatorTest {
    private static final long NOON = Facts.NOON;
    private static final long MIDNIGHT = NOON + 43_200_000;

    @Property(tries = 30)
    void m1RowsAreThoseOfCountingAtOnceWheneverTheyWereGathered(
            @ForAll long seed,
            @ForAll boolean onDisk,
            @ForAll @IntRange(max = 600) int restoreAt,
            @ForAll @IntRange(min = 1, max = 600) int moves)
            throws Exception {
        List<UsageChange> changes = changes(new Random(seed), moves);
        Random random = new Random(seed);
        SortedMap<String, UsageItem> rows = new TreeMap<>();
        UsageHarness harness = new UsageHarness(onDisk, null);
        for (int i = 0; i < changes.size(); i++) {
            if (i == restoreAt) {
                OperatorSubtaskState state = harness.snapshot();
                rows.putAll(harness.lastRows());
                harness.close();
                harness = new UsageHarness(onDisk, state);
            }
            harness.process(changes.get(i));
            if (random.nextInt(10) == 0) {
                harness.passTo(NOON + 500L * i);
            }
        }
        harness.finish();
        rows.putAll(harness.lastRows());
        harness.close();
        assertThat(counts(rows)).isEqualTo(counts(atOnce(changes)));
    }

    @Test
    void rowsGoWhereTheLatestMoveSaysWithTheCountsOfAll() throws Exception {
        try (UsageHarness harness = new UsageHarness(false, null)) {
            harness.process(change("a", NOON, 1));
            harness.snapshot();
            harness.process(change("a", NOON + 1, 2, Isolation.SILO));
            harness.snapshot();
            assertThat(harness.lastRows().values())
                    .hasSize(3)
                    .allMatch(row -> row.isolation() == Isolation.SILO)
                    .allMatch(row -> row.counts().requests() == 2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingIsMissingFromACheckpoint(boolean onDisk) throws Exception {
        OperatorSubtaskState state;
        try (UsageHarness harness = new UsageHarness(onDisk, null)) {
            harness.process(change("a", NOON, 1));
            harness.process(change("a", NOON + 1, 2));
            assertThat(harness.rows()).as("gathered only").isEmpty();
            state = harness.snapshot();
            assertThat(harness.rows()).as("minute, hour and day, once each").hasSize(3);
            assertThat(harness.rows())
                    .allMatch(row -> row.counts().requests() == 2 && row.version() == 2);
        }
        try (UsageHarness harness = new UsageHarness(onDisk, state)) {
            harness.process(change("a", NOON + 2, 3));
            harness.snapshot();
            assertThat(harness.rows())
                    .hasSize(3)
                    .allMatch(row -> row.counts().requests() == 3 && row.version() == 3);
        }
    }

    @Test
    void rowsAreGivenHalfASecondAfterTheFirstMove() throws Exception {
        try (UsageHarness harness = new UsageHarness(false, null)) {
            harness.passTo(NOON);
            harness.process(change("a", NOON, 1));
            harness.passTo(NOON + 499);
            assertThat(harness.rows()).isEmpty();
            harness.process(change("b", NOON, 1));
            harness.passTo(NOON + 500);
            assertThat(harness.rows()).hasSize(6);
            harness.process(change("a", NOON, 2));
            harness.passTo(NOON + 1_100);
            assertThat(harness.rows()).hasSize(9);
        }
    }

    @Test
    void tooManyTenantsAreNotGatheredTogether() throws Exception {
        try (UsageHarness harness = new UsageHarness(false, null)) {
            for (int i = 0; i < 20_000; i++) {
                harness.process(change("t" + i, NOON, 1));
            }
            assertThat(harness.rows()).isEmpty();
            harness.process(change("t7", NOON, 2));
            assertThat(harness.rows()).isEmpty();
            harness.process(change("one-more", NOON, 1));
            assertThat(harness.rows()).hasSize(60_000);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closedWindowsAreClearedAtTheTenantsNextMinute(boolean onDisk) throws Exception {
        try (UsageHarness harness = new UsageHarness(onDisk, null)) {
            harness.process(change("a", MIDNIGHT - 1, 1));
            harness.snapshot();
            harness.process(none("a", MIDNIGHT + 299_999, 2));
            harness.snapshot();
            assertThat(harness.tenantsIn("usage-windows")).as("a late move may come").isEqualTo(1);
            harness.process(none("a", MIDNIGHT + 300_000, 3));
            harness.snapshot();
            assertThat(harness.tenantsIn("usage-windows")).isZero();
            assertThat(harness.tenantsIn("label-book")).as("late moves ask for it").isOne();
            harness.process(none("a", MIDNIGHT + 86_399_999, 4));
            harness.snapshot();
            assertThat(harness.tenantsIn("label-book")).isOne();
            harness.process(none("a", MIDNIGHT + 86_400_000, 5));
            harness.snapshot();
            assertThat(harness.tenantsIn("label-book")).isZero();
            assertThat(harness.rows()).as("a move of nothing gives no row").hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rowsOfASilentTenantAreClosedByACommandAfterMidnight(boolean onDisk) throws Exception {
        try (UsageHarness harness = new UsageHarness(onDisk, null)) {
            harness.passTo(NOON);
            harness.process(change("a", NOON, 1));
            harness.process(change("a", NOON + 61_000, 2));
            harness.passTo(MIDNIGHT + 359_999);
            assertThat(harness.commands()).isEmpty();
            assertThat(harness.timers()).isEqualTo(1);
            harness.passTo(MIDNIGHT + 3_960_000);
            assertThat(harness.commands()).hasSize(1);
            assertThat(harness.commands().get(0).tenantId()).isEqualTo("a");
            assertThat(harness.commands().get(0).name()).isEqualTo(Names.EXPIRE);
            assertThat(harness.tenantsIn("usage-windows")).as("a timer clears nothing").isOne();
            harness.process(none("a", MIDNIGHT + 3_960_001, 3));
            harness.snapshot();
            assertThat(harness.tenantsIn("usage-windows")).isZero();
            harness.passTo(MIDNIGHT + 86_400_000 + 3_960_000);
            assertThat(harness.commands()).as("labels are left").hasSize(2);
            harness.process(none("a", MIDNIGHT + 86_400_000 + 3_960_001, 4));
            harness.snapshot();
            assertThat(harness.tenantsIn("label-book")).isZero();
            assertThat(harness.timers()).isZero();
        }
    }

    @Test
    void aJobBehindItsLogAppendsOneCommandAnHourAtMost() throws Exception {
        try (UsageHarness harness = new UsageHarness(false, null)) {
            long now = MIDNIGHT + 5 * 86_400_000 + 420_000;
            harness.passTo(now);
            for (int i = 0; i < 100; i++) {
                harness.process(change("a", NOON + i * 60_000L, i));
                harness.passTo(now + 1_000L * i);
            }
            assertThat(harness.commands()).isEmpty();
            assertThat(harness.timers()).isEqualTo(1);
            harness.passTo(now + 3_600_000);
            assertThat(harness.commands()).hasSize(1);
            harness.process(none("a", NOON + 100 * 60_000, 101));
            harness.passTo(now + 3_601_000);
            harness.passTo(now + 7_200_000);
            assertThat(harness.commands()).hasSize(2);
        }
    }

    @Test
    void aTenantWhoseRowsAreClosedGetsNoCommand() throws Exception {
        try (UsageHarness harness = new UsageHarness(false, null)) {
            harness.passTo(NOON);
            harness.process(change("a", NOON, 1));
            harness.passTo(NOON + 1_000);
            harness.process(none("a", MIDNIGHT + 86_400_000, 2));
            harness.passTo(NOON + 2_000);
            assertThat(harness.tenantsIn("usage-windows")).isZero();
            harness.passTo(MIDNIGHT + 4_300_000);
            assertThat(harness.commands()).isEmpty();
            assertThat(harness.timers()).isZero();
        }
    }

    private static Map<String, UsageCounts> counts(SortedMap<String, UsageItem> rows) {
        Map<String, UsageCounts> counts = new TreeMap<>();
        rows.forEach((name, row) -> counts.put(name, row.counts()));
        return counts;
    }

    private static SortedMap<String, UsageItem> atOnce(List<UsageChange> changes) {
        Map<String, KeptRows> tenants = new HashMap<>();
        SortedMap<String, UsageItem> last = new TreeMap<>();
        for (UsageChange change : changes) {
            if (change.counts().equals(UsageCounts.NONE)) {
                continue;
            }
            KeptRows rows = tenants.computeIfAbsent(change.tenantId(), id -> new KeptRows());
            UsageWindows.add(
                    rows,
                    item -> last.put(UsageHarness.name(item.tenantId(), item.key()), item),
                    change.tenantId(),
                    UsageWindows.resolve(
                            rows, change.labels(), change.atMillis(), change.bookedAtMillis()),
                    change.atMillis(),
                    change.bookedAtMillis(),
                    change.counts(),
                    change.seq(),
                    change.isolation());
        }
        return last;
    }

    /** Moves of two tenants over days, some of them late, under more labels than are kept. */
    private static List<UsageChange> changes(Random random, int count) {
        List<UsageChange> changes = new ArrayList<>();
        long atMillis = MIDNIGHT - 300_000;
        for (int i = 1; i <= count; i++) {
            atMillis += random.nextInt(10) == 0 ? random.nextInt(3_600_000) : random.nextInt(1_500);
            long back = random.nextInt(8) == 0 ? 3 * 86_400_000 : 3_000;
            long at = atMillis - random.nextInt((int) back);
            Dimensions labels =
                    new Dimensions("m", "e" + random.nextInt(130), "-", "c" + random.nextInt(2));
            UsageCounts counts =
                    random.nextInt(20) == 0
                            ? UsageCounts.NONE
                            : UsageCounts.builder()
                                    .requests(random.nextInt(2))
                                    .inputTokens(random.nextInt(50))
                                    .costPicoUsd(random.nextInt(1_000))
                                    .build();
            changes.add(
                    new UsageChange(
                            "t" + random.nextInt(8) / 6,
                            labels,
                            at,
                            atMillis,
                            counts,
                            i,
                            Isolation.POOLED));
        }
        return changes;
    }

    private static UsageChange change(String tenantId, long atMillis, long seq) {
        return change(tenantId, atMillis, seq, Isolation.POOLED);
    }

    private static UsageChange change(
            String tenantId, long atMillis, long seq, Isolation isolation) {
        return new UsageChange(
                tenantId,
                new Dimensions("m", "chat", "-", "-"),
                atMillis,
                atMillis,
                UsageCounts.builder().requests(1).build(),
                seq,
                isolation);
    }

    private static UsageChange none(String tenantId, long atMillis, long seq) {
        return new UsageChange(
                tenantId,
                Dimensions.NONE,
                atMillis,
                atMillis,
                UsageCounts.NONE,
                seq,
                Isolation.POOLED);
    }
}
