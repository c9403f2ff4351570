package io.sluice.local.command.ledger;

import io.sluice.contract.Granularity;
import io.sluice.contract.Retention;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A span of whole UTC days of decision time.
 *
 * @param fromMillis start of the first day
 * @param toMillis end of the last day, exclusive
 * @param retainedMillis start of the first day of which every result is still kept
 */
public record Days(long fromMillis, long toMillis, long retainedMillis) {
    /** Ids are issued at most this long before their request is decided: that of a batch, say. */
    private static final long ISSUED_EARLIER_MILLIS = 2 * 86_400_000L;

    /** By how much the clock that issues ids may be ahead of the one that decides. */
    private static final long ISSUED_LATER_MILLIS = 3_600_000L;

    /**
     * The days from one to another.
     *
     * @param from the first day; null for the first of which every result is kept
     * @param to the day after the last; null for tomorrow
     * @param retention how long results are kept
     */
    public static Days of(
            @Nullable LocalDate from, @Nullable LocalDate to, Instant now, Retention retention) {
        long retained =
                Granularity.DAY.windowEnd(
                        now.toEpochMilli() - retention.resultsSeconds() * 1000 - 1);
        return new Days(
                from == null ? retained : millis(from),
                to == null ? Granularity.DAY.windowEnd(now.toEpochMilli()) : millis(to),
                retained);
    }

    /** Whether a time lies in it. */
    public boolean contains(long decidedAtMillis) {
        return decidedAtMillis >= fromMillis && decidedAtMillis < toMillis;
    }

    /** Whether the results of that day, and with them its attempts, may be gone in part. */
    public boolean isForgotten(long dayMillis) {
        return dayMillis < retainedMillis;
    }

    /** Since when ids of requests that were decided in it may have been issued. */
    public long issuedFromMillis() {
        return Math.max(0, fromMillis - ISSUED_EARLIER_MILLIS);
    }

    /** Until when. */
    public long issuedToMillis() {
        return toMillis + ISSUED_LATER_MILLIS;
    }

    /** The end of the last day of which no request follows one that was issued at that time. */
    public static long completeBefore(long issuedAtMillis) {
        return Granularity.DAY.windowStart(issuedAtMillis - ISSUED_LATER_MILLIS);
    }

    /** A day in ISO form. */
    public static String day(long millis) {
        return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static long millis(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }
}
