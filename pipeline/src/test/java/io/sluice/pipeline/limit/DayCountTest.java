package io.sluice.pipeline.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DayCountTest {
    private static final long DAY = 86_400_000;
    private static final long MIDNIGHT = 20_000 * DAY;

    private final DayCount day = new DayCount(MIDNIGHT, 7);

    @Test
    void theLastMillisecondOfTheDayStillCounts() {
        day.roll(MIDNIGHT + DAY - 1);
        day.add();
        assertThat(day.count()).isEqualTo(8);
        assertThat(day.millisUntilReset(MIDNIGHT + DAY - 1)).isEqualTo(1);
    }

    @Test
    void midnightStartsANewCount() {
        day.roll(MIDNIGHT + DAY);
        assertThat(day.count()).isZero();
        assertThat(day.dayStartMillis()).isEqualTo(MIDNIGHT + DAY);
        assertThat(day.millisUntilReset(MIDNIGHT + DAY)).isEqualTo(DAY);
    }

    @Test
    void aDayIsResetOnce() {
        day.roll(MIDNIGHT + DAY);
        day.add();
        day.roll(MIDNIGHT + DAY);
        day.roll(MIDNIGHT + DAY + 1);
        assertThat(day.count()).isEqualTo(1);
    }

    @Test
    void anEarlierTimeForgivesNothing() {
        day.roll(MIDNIGHT - 1);
        assertThat(day.count()).isEqualTo(7);
        assertThat(day.dayStartMillis()).isEqualTo(MIDNIGHT);
    }

    @Test
    void daysThatWereSkippedLeaveNothing() {
        day.roll(MIDNIGHT + 400 * DAY + 5);
        assertThat(day.count()).isZero();
        assertThat(day.dayStartMillis()).isEqualTo(MIDNIGHT + 400 * DAY);
    }
}
