package io.sluice.pipeline.model.schedule;

/**
 * How many calls at once a target seems to bear: additive increase, multiplicative decrease. A
 * success makes the limit one higher per round trip while at least half of it is in use; being
 * throttled makes it a fixed part smaller, once per round trip and interval at most: not again
 * before a call that started after it was answered, so that a target which refuses everything for a
 * while is not taken for one that bears nothing. Until the first throttling each success adds one,
 * so that the limit doubles per round trip.
 *
 * <p>Pure: time is an argument, epoch milliseconds. Not thread-safe.
 *
 * <p>Sources: Chiu, Jain, "Analysis of the increase and decrease algorithms for congestion
 * avoidance", 1989; slow start and window validation as in RFC 5681 and RFC 7661.
 */
final class ConcurrencyLimit {
    private static final long WHOLE = 1_000;

    private final long least;
    private final long most;
    private final int keptPercent;
    private final long intervalMillis;
    private long thousandths;
    private long decreasedAtMillis = Long.MIN_VALUE;
    private boolean everDecreased;
    private boolean answeredSince = true;

    /**
     * A limit that starts somewhere between its bounds.
     *
     * @param least and {@code most}: bounds of the limit, 1 ≤ least ≤ most
     * @param start where it starts; what is outside the bounds is taken to the nearer one
     * @param keptPercent what throttling leaves of the limit, 1 to 99
     * @param intervalMillis between two decreases at least, 0 or more
     */
    ConcurrencyLimit(int least, int most, int start, int keptPercent, long intervalMillis) {
        if (least < 1 || most < least || keptPercent < 1 || keptPercent > 99) {
            throw new IllegalArgumentException(
                    "limit: seen "
                            + least
                            + " to "
                            + most
                            + ", "
                            + keptPercent
                            + " % kept; expected 1 <= least <= most and 1 to 99 %");
        }
        this.least = least * WHOLE;
        this.most = most * WHOLE;
        this.keptPercent = keptPercent;
        this.intervalMillis = intervalMillis;
        this.thousandths = bounded(start * WHOLE);
    }

    /** Calls at once, from the least to the most. */
    int calls() {
        return (int) (thousandths / WHOLE);
    }

    /**
     * A call was answered.
     *
     * @param atOnce calls that ran until now, itself included
     * @param startedAtMillis when it had started
     */
    void answered(int atOnce, long startedAtMillis) {
        answeredSince |= startedAtMillis >= decreasedAtMillis;
        if (2L * atOnce * WHOLE < thousandths) {
            return; // says nothing about the limit
        }
        long step = everDecreased ? WHOLE * WHOLE / thousandths : WHOLE;
        thousandths = bounded(thousandths + Math.max(1, step));
    }

    /** A call that started then was refused because the target has too much to do. */
    void throttled(long startedAtMillis, long nowMillis) {
        boolean again =
                everDecreased
                        && (!answeredSince
                                || startedAtMillis < decreasedAtMillis
                                || nowMillis - decreasedAtMillis < intervalMillis);
        if (!again) {
            everDecreased = true;
            answeredSince = false;
            decreasedAtMillis = nowMillis;
            thousandths = bounded(thousandths * keptPercent / 100);
        }
    }

    private long bounded(long value) {
        return Math.min(most, Math.max(least, value));
    }
}
