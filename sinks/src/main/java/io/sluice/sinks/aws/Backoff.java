package io.sluice.sinks.aws;

import java.util.function.LongUnaryOperator;

/**
 * How long to wait before the next attempt: a ceiling that doubles with each attempt, and a point
 * below it chosen at random ("full jitter"). Computed from the attempt's number alone, so that
 * retries do not push each other up. Thread-safe.
 *
 * @see <a
 *     href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential
 *     backoff and jitter</a>, read 2026-11-23
 */
public final class Backoff {
    private static final int MAX_DOUBLINGS = 30;

    private final long firstCeilingMillis;
    private final long lastCeilingMillis;
    private final LongUnaryOperator random;

    /**
     * @param firstCeilingMillis longest wait after the first attempt
     * @param lastCeilingMillis longest wait ever
     * @param random a number from 0 up to, not including, its argument
     */
    public Backoff(long firstCeilingMillis, long lastCeilingMillis, LongUnaryOperator random) {
        this.firstCeilingMillis = firstCeilingMillis;
        this.lastCeilingMillis = lastCeilingMillis;
        this.random = random;
    }

    /** Milliseconds to wait after attempt number {@code attempt}, from 1; at least 1. */
    public long delayMillis(int attempt) {
        int doublings = Math.min(Math.max(attempt, 1) - 1, MAX_DOUBLINGS);
        long ceiling = Math.min(firstCeilingMillis << doublings, lastCeilingMillis);
        return 1 + random.applyAsLong(Math.max(ceiling, 1));
    }
}
