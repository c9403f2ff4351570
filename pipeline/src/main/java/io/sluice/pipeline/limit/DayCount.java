package io.sluice.pipeline.limit;

import io.sluice.contract.Granularity;

/** Admissions of one UTC day of decision time. Days never go back. Not thread-safe. */
public final class DayCount {
    private long dayStartMillis;
    private long count;

    /** A count that was left at this day and number. */
    public DayCount(long dayStartMillis, long count) {
        this.dayStartMillis = dayStartMillis;
        this.count = count;
    }

    /** Starts a new count if {@code nowMillis} lies in a later day. */
    public void roll(long nowMillis) {
        long today = Granularity.DAY.windowStart(nowMillis);
        if (today > dayStartMillis) {
            dayStartMillis = today;
            count = 0;
        }
    }

    /** Counts one admission. */
    public void add() {
        count++;
    }

    /** Admissions so far. */
    public long count() {
        return count;
    }

    /** Start of the day, epoch milliseconds. */
    public long dayStartMillis() {
        return dayStartMillis;
    }

    /** Milliseconds until the next UTC midnight. */
    public long millisUntilReset(long nowMillis) {
        return dayStartMillis + Granularity.DAY.lengthMillis() - nowMillis;
    }
}
