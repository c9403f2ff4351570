package io.sluice.ingress.letter;

import io.sluice.contract.DeadLetterId;
import io.sluice.contract.DeadLetterItem;
import java.time.Duration;

/**
 * A span of time in which letters can lie: what was forgotten and what is to come is left out.
 *
 * @param fromMillis the first moment, epoch milliseconds
 * @param toMillis the moment after the last
 */
record LetterSpan(long fromMillis, long toMillis) {
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    /** Clocks of nodes differ, and DynamoDB forgets late: a day more at both ends. */
    static LetterSpan within(long fromMillis, long toMillis, long nowMillis) {
        long kept = DeadLetterItem.RETENTION_SECONDS * 1_000 + DAY_MILLIS;
        return new LetterSpan(
                Math.max(fromMillis, Math.max(0, nowMillis - kept)),
                Math.min(toMillis, nowMillis + DAY_MILLIS));
    }

    boolean isEmpty() {
        return fromMillis >= toMillis;
    }

    String lowest() {
        return DeadLetterId.lowerBound(fromMillis);
    }

    String highest() {
        return DeadLetterId.lowerBound(toMillis);
    }

    /** The newest day in it, as a number of days since 1970. */
    long lastDay() {
        return Math.floorDiv(toMillis - 1, DAY_MILLIS);
    }

    /** Whether that day is in it. */
    boolean has(long day) {
        return day >= Math.floorDiv(fromMillis, DAY_MILLIS);
    }

    static String nameOf(long day) {
        return DeadLetterId.dayOf(day * DAY_MILLIS);
    }

    /** The name below which the letters of earlier days lie. */
    static String startOf(long day) {
        return DeadLetterId.lowerBound(day * DAY_MILLIS) + "0".repeat(16);
    }

    /** The day of a name. */
    static long dayOf(String id) {
        return Math.floorDiv(DeadLetterId.millisOf(id), DAY_MILLIS);
    }
}
