package io.sluice.pipeline.budget;

/** Sums of amounts that are 0 or more and stop at the ends of a long instead of turning over. */
public final class Saturating {
    private Saturating() {}

    /** {@code a + b}, at most {@link Long#MAX_VALUE}; both are 0 or more. */
    public static long sum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
