package io.sluice.pipeline.enforce;

import io.sluice.contract.CacheMode;

/**
 * One thing that happens to a tenant, not yet placed in time. Numbers choose among what there is,
 * counted from the newest.
 */
sealed interface Step {
    /** How time passes before it. */
    Move move();

    /** How time passes between two steps; never backwards. */
    sealed interface Move {
        /** That many milliseconds pass. */
        record Wait(long millis) implements Move {}

        /** Until {@code offset} ms from where the request that many back leaves the minute. */
        record WindowEdge(int back, int offset) implements Move {}

        /** Until {@code offset} ms from the next midnight. */
        record Midnight(int offset) implements Move {}

        /** Until {@code offset} ms from where the answer that many back is as old as the TTL. */
        record TtlEdge(int back, int offset) implements Move {}
    }

    /**
     * A new request; the ingress clock is {@code skewMillis} off, or any number if {@code wild}.
     */
    record Request(
            Move move,
            long skewMillis,
            boolean wild,
            long lateMillis,
            int prompt,
            CacheMode mode,
            int policy,
            int label)
            implements Step {}

    /** A producer's retry of the request that many back. */
    record Repeat(Move move, int back) implements Step {}

    /** The end of the open call that many back; how it ends is 0 to 9. */
    record Outcome(Move move, int back, int ending) implements Step {}

    /** The outcome that many back once more. */
    record RepeatedOutcome(Move move, int back) implements Step {}

    /** A command that nobody knows. */
    record Command(Move move) implements Step {}
}
