package io.sluice.pipeline.metering;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Granularity;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Many settlements through the engine and the operator that counts usage, which is killed and
 * restored on the way: the rows of the table add up to what big decimals make of the same calls, to
 * the last digit, at every level and in every window. System property {@code sluice.deep} asks for
 * ten million, {@code sluice.seed} for one seed.
 */
class SettlementsITCase {
    private static final int SETTLEMENTS = Boolean.getBoolean("sluice.deep") ? 10_000_000 : 200_000;

    private final long seed = Long.getLong("sluice.seed", System.nanoTime());
    private final Map<String, UsageItem> table = new HashMap<>();

    @Test
    void m1TotalsEqualABigDecimalRecomputationAtEveryLevel() throws Exception {
        System.out.println("SettlementsITCase: seed " + seed + ", " + SETTLEMENTS);
        BigDecimalBooks books = new BigDecimalBooks();
        try (KilledMetering metering = new KilledMetering(seed, this::write)) {
            SyntheticCalls calls = new SyntheticCalls(seed, SETTLEMENTS, books, metering::count);
            calls.run();
            metering.finish();
            assertThat(calls.settled()).isEqualTo(SETTLEMENTS);
            assertThat(metering.kills()).isPositive();
        }
        assertThat(table.values()).as("late ones").anyMatch(SettlementsITCase::isLate);
        for (BigDecimalBooks.Level level : BigDecimalBooks.Level.values()) {
            for (BigDecimalBooks.Window window : BigDecimalBooks.Window.values()) {
                Map<List<String>, BigDecimal> expected = books.sums(level, window);
                assertThat(expected).isNotEmpty();
                assertThat(sums(level, window))
                        .as("seed %d, by %s and %s", seed, level, window)
                        .isEqualTo(expected);
            }
        }
    }

    /** As the conditional write of the sink: nothing is overwritten by what is not newer. */
    private void write(UsageItem item) {
        table.merge(
                UsageHarness.name(item.tenantId(), item.key()),
                item,
                (known, sent) -> sent.version() > known.version() ? sent : known);
    }

    private Map<List<String>, BigDecimal> sums(
            BigDecimalBooks.Level level, BigDecimalBooks.Window window) {
        Map<List<String>, BigDecimal> sums = new HashMap<>();
        for (UsageItem item : table.values()) {
            UsageKey key = item.key();
            if (key.granularity() == stored(window)) {
                BigDecimalBooks.add(
                        sums,
                        List.of(
                                item.tenantId(),
                                level.of(
                                        key.model(),
                                        key.endpoint(),
                                        key.agentId(),
                                        key.costCenter()),
                                window.of(key.windowStartMillis())),
                        new BigDecimal(item.counts().costPicoUsd(), 12));
            }
        }
        return BigDecimalBooks.withoutZeros(sums);
    }

    /** Months are made of days. */
    private static Granularity stored(BigDecimalBooks.Window window) {
        return window == BigDecimalBooks.Window.MONTH
                ? Granularity.DAY
                : Granularity.valueOf(window.name());
    }

    private static boolean isLate(UsageItem item) {
        return item.key().lateDayMillis() != UsageKey.ON_TIME;
    }
}
