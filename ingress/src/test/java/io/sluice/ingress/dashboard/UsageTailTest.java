package io.sluice.ingress.dashboard;

import static io.sluice.ingress.dashboard.UsageTable.requests;
import static io.sluice.ingress.dashboard.UsageTable.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Granularity;
import io.sluice.contract.UsageItem;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UsageTailTest {
    private static final long NOW = Instant.parse("2026-11-23T12:34:56Z").toEpochMilli();
    private static final long MINUTE = 60_000;

    private final UsageTable table = new UsageTable();
    private final UsageTail tail = new UsageTail(table, "acme", TimeRange.HOUR);

    @Test
    void onlyWindowsThatStillMoveAreReadAgain() {
        put(NOW - 30 * MINUTE, 3, 1);
        put(NOW, 1, 1);
        refresh(NOW);
        assertThat(total()).isEqualTo(4);
        put(NOW, 2, 2);
        refresh(NOW + 1_000);
        assertThat(total()).isEqualTo(5);
        assertThat(table.reads.get(0).fromMillis())
                .isEqualTo(Instant.parse("2026-11-23T11:35:00Z").toEpochMilli());
        assertThat(table.reads.get(1).fromMillis())
                .isEqualTo(Instant.parse("2026-11-23T12:30:00Z").toEpochMilli());
    }

    @Test
    void whatMovesLateIsSeenWhenEverythingIsReadAgain() {
        put(NOW - 30 * MINUTE, 3, 1);
        refresh(NOW);
        put(NOW - 30 * MINUTE, 9, 2);
        refresh(NOW + UsageTail.WHOLE_EVERY_MILLIS - 1);
        assertThat(total()).isEqualTo(3);
        refresh(NOW + UsageTail.WHOLE_EVERY_MILLIS);
        assertThat(total()).isEqualTo(9);
    }

    @Test
    void aReadThatIsBehindTakesNothingBack() {
        put(NOW, 5, 7);
        refresh(NOW);
        table.rows.clear();
        put(NOW, 4, 6);
        refresh(NOW + 1_000);
        assertThat(total()).isEqualTo(5);
    }

    @Test
    void windowsOlderThanTheRangeDropOut() {
        put(NOW - 59 * MINUTE, 5, 1);
        put(NOW, 1, 1);
        refresh(NOW);
        assertThat(total()).isEqualTo(6);
        refresh(NOW + MINUTE);
        assertThat(total()).isEqualTo(1);
    }

    @Test
    void aFirstReadThatFailedIsNotTakenForEverything() {
        put(NOW - 30 * MINUTE, 3, 1);
        table.failing = true;
        assertThat(tail.refresh(NOW)).isCompletedExceptionally();
        table.failing = false;
        refresh(NOW + 1_000);
        assertThat(total()).isEqualTo(3);
    }

    @Test
    void theWholeMonthIsAmongThirtyOneDays() {
        for (String now : new String[] {"2026-01-31T23:59:59Z", "2026-02-01T00:00:00Z"}) {
            long millis = Instant.parse(now).toEpochMilli();
            assertThat(TimeRange.MONTH.fromMillis(millis))
                    .isLessThanOrEqualTo(Projection.monthStart(millis));
        }
    }

    private void put(long atMillis, long requests, long version) {
        UsageItem item =
                row("acme", Granularity.MINUTE, atMillis, requests(requests, 0)).toBuilder()
                        .version(version)
                        .build();
        table.rows.removeIf(row -> row.key().equals(item.key()));
        table.rows.add(item);
    }

    private void refresh(long nowMillis) {
        tail.refresh(nowMillis).join();
    }

    private long total() {
        return tail.rows().stream().mapToLong(row -> row.counts().requests()).sum();
    }
}
