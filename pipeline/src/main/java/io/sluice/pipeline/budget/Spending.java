package io.sluice.pipeline.budget;

import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The money spent in one UTC calendar period, by the tenant's decision time. A cost is booked in
 * the period of the tenant's last decision. Periods never go back; what was spent in an earlier one
 * is forgotten. Not thread-safe.
 */
public final class Spending {
    private static final long DAY_MILLIS = 86_400_000;

    /** How long a period lasts. */
    public enum Period {
        /** From midnight to midnight UTC. */
        DAY,
        /** From the first of a month to the first of the next, UTC. */
        MONTH
    }

    private final Period period;
    private long startMillis;
    private long endMillis;
    private long spentPicoUsd;

    /** Spending that was left at this period and amount, 10^-12 USD. */
    public Spending(Period period, long startMillis, long spentPicoUsd) {
        this.period = period;
        this.startMillis = startMillis;
        this.spentPicoUsd = spentPicoUsd;
        this.endMillis = endOf(startMillis);
    }

    /** Starts again from nothing if {@code nowMillis} lies in a later period. */
    public void roll(long nowMillis) {
        if (nowMillis >= endMillis) {
            startMillis = startOf(nowMillis);
            endMillis = endOf(startMillis);
            spentPicoUsd = 0;
        }
    }

    /** Adds a cost, 0 or more. */
    public void book(long picoUsd) {
        spentPicoUsd = Saturating.sum(spentPicoUsd, picoUsd);
    }

    /** What was spent so far, 10^-12 USD; {@link Long#MAX_VALUE} also stands for more. */
    public long spentPicoUsd() {
        return spentPicoUsd;
    }

    /** Start of the period, epoch milliseconds. */
    public long startMillis() {
        return startMillis;
    }

    /** Milliseconds until the period ends. */
    public long millisUntilReset(long nowMillis) {
        return endMillis - nowMillis;
    }

    private long startOf(long millis) {
        long day = Math.floorDiv(millis, DAY_MILLIS);
        return period == Period.DAY
                ? day * DAY_MILLIS
                : LocalDate.ofEpochDay(day).withDayOfMonth(1).toEpochDay() * DAY_MILLIS;
    }

    private long endOf(long start) {
        return period == Period.DAY
                ? start + DAY_MILLIS
                : LocalDate.ofEpochDay(Math.floorDiv(start, DAY_MILLIS))
                                .withDayOfMonth(1)
                                .plusMonths(1)
                                .atStartOfDay(ZoneOffset.UTC)
                                .toEpochSecond()
                        * 1000;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Spending
                && period == ((Spending) other).period
                && startMillis == ((Spending) other).startMillis
                && spentPicoUsd == ((Spending) other).spentPicoUsd;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(startMillis + 31 * spentPicoUsd);
    }

    @Override
    public String toString() {
        return "Spending{" + period + " from " + startMillis + ": " + spentPicoUsd + '}';
    }
}
