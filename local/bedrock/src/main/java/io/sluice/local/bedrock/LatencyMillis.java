package io.sluice.local.bedrock;

/**
 * A uniform range of milliseconds, both ends included.
 *
 * @param min at least 0
 * @param max at least {@code min}, at most {@link #LARGEST}
 */
public record LatencyMillis(long min, long max) {

    /** An hour: no caller waits longer. */
    public static final long LARGEST = 3_600_000;

    /** No wait at all. */
    public static final LatencyMillis NONE = new LatencyMillis(0, 0);

    public LatencyMillis {
        if (min < 0 || max < min || max > LARGEST) {
            throw new IllegalArgumentException(
                    "latency_ms is "
                            + min
                            + " to "
                            + max
                            + ", expected 0 <= min <= max <= "
                            + LARGEST);
        }
    }

    /** A value of the range chosen by {@code seed} alone. */
    long pick(long seed) {
        return min + Long.remainderUnsigned(Hash.mix(seed), max - min + 1);
    }
}
