package io.sluice.pipeline.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpendingTest {
    private static final long DAY = 86_400_000;

    @ParameterizedTest
    @CsvSource({
        "DAY, 2026-09-22T12:00:00Z, 2026-09-22T00:00:00Z, 2026-09-23T00:00:00Z",
        "DAY, 2024-02-28T23:59:59.999Z, 2024-02-28T00:00:00Z, 2024-02-29T00:00:00Z",
        "MONTH, 2026-09-22T12:00:00Z, 2026-09-01T00:00:00Z, 2026-10-01T00:00:00Z",
        "MONTH, 2024-02-29T00:00:00Z, 2024-02-01T00:00:00Z, 2024-03-01T00:00:00Z",
        "MONTH, 2025-02-28T23:59:59.999Z, 2025-02-01T00:00:00Z, 2025-03-01T00:00:00Z",
        "MONTH, 2100-02-28T23:59:59.999Z, 2100-02-01T00:00:00Z, 2100-03-01T00:00:00Z",
        "MONTH, 2026-12-31T23:59:59.999Z, 2026-12-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "MONTH, 9999-12-31T00:00:00Z, 9999-12-01T00:00:00Z, +10000-01-01T00:00:00Z"
    })
    void aPeriodGoesFromItsStartToTheNextInUtc(
            Spending.Period period, Instant at, Instant start, Instant end) {
        Spending spending = new Spending(period, 0, 5);
        spending.roll(at.toEpochMilli());
        assertThat(spending.startMillis()).isEqualTo(start.toEpochMilli());
        assertThat(spending.millisUntilReset(at.toEpochMilli()))
                .isEqualTo(end.toEpochMilli() - at.toEpochMilli());
        assertThat(spending.spentPicoUsd()).isZero();
    }

    @Test
    void whatWasSpentIsKeptToTheLastMillisecond() {
        Spending spending = new Spending(Spending.Period.DAY, 10 * DAY, 0);
        spending.book(7);
        spending.roll(11 * DAY - 1);
        spending.book(3);
        assertThat(spending.spentPicoUsd()).isEqualTo(10);
        spending.roll(11 * DAY);
        assertThat(spending.spentPicoUsd()).isZero();
        assertThat(spending.startMillis()).isEqualTo(11 * DAY);
    }

    @Test
    void anEarlierTimeForgivesNothing() {
        Spending spending = new Spending(Spending.Period.MONTH, 0, 9);
        spending.roll(-1);
        spending.roll(Long.MIN_VALUE);
        assertThat(spending.spentPicoUsd()).isEqualTo(9);
        assertThat(spending.startMillis()).isZero();
        assertThat(spending.millisUntilReset(0)).isEqualTo(31 * DAY);
    }

    @Test
    void moneyThatDoesNotFitStopsAtTheEnd() {
        Spending spending = new Spending(Spending.Period.DAY, 0, Long.MAX_VALUE - 1);
        spending.book(1);
        assertThat(spending.spentPicoUsd()).isEqualTo(Long.MAX_VALUE);
        spending.book(Long.MAX_VALUE);
        assertThat(spending.spentPicoUsd()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void sumsAreExactUntilTheyStop() {
        assertThat(Saturating.sum(Long.MAX_VALUE - 1, 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(Saturating.sum(Long.MAX_VALUE, 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(Saturating.sum(Long.MAX_VALUE - 3, 2)).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(Saturating.sum(0, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void equalSpendingIsEqual() {
        Spending spending = new Spending(Spending.Period.DAY, DAY, 5);
        assertThat(spending)
                .isEqualTo(new Spending(Spending.Period.DAY, DAY, 5))
                .hasSameHashCodeAs(new Spending(Spending.Period.DAY, DAY, 5))
                .isNotEqualTo(new Spending(Spending.Period.MONTH, DAY, 5))
                .isNotEqualTo(new Spending(Spending.Period.DAY, 0, 5))
                .isNotEqualTo(new Spending(Spending.Period.DAY, DAY, 6))
                .isNotEqualTo("5")
                .hasToString("Spending{DAY from 86400000: 5}");
    }
}
