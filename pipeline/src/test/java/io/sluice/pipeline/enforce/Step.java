package io.sluice.pipeline.enforce;

import io.sluice.contract.CacheMode;
import io.sluice.contract.Priority;

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

        /** Until {@code offset} ms from the next midnight, or from the next month. */
        record PeriodEdge(boolean month, int offset) implements Move {}

        /** Until {@code offset} ms from where a kept answer or conversation is too old. */
        record TtlEdge(int back, int offset) implements Move {}

        /** Until {@code offset} ms from where a hold expires. */
        record ExpiryEdge(int back, int offset) implements Move {}
    }

    /** How many tokens a request may need. */
    sealed interface Size {
        /** That many. */
        record Plain(long input, long output) implements Size {}

        /** {@code offset} more than what is left of the minute's tokens. */
        record TokensLeft(int offset) implements Size {}

        /** {@code offset} tokens more than what a budget still pays for. */
        record MoneyLeft(boolean month, int offset) implements Size {}
    }

    /** The ingress clock is {@code skewMillis} off, or any number if {@code wild}. */
    record Clock(long skewMillis, boolean wild, long lateMillis) {}

    /** What is asked, of whom. A session or task of 0 is none. */
    record Ask(
            int model,
            int prompt,
            CacheMode mode,
            boolean sampled,
            int label,
            int session,
            int task,
            long deadlineMillis,
            Priority priority,
            Size size) {}

    /** A new request; {@code id} is how far its id's time is off, or none for a short id. */
    record Request(Move move, Clock clock, Ask ask, int policy, long idSkewMillis) implements Step {
        /** Stands for an id without a time. */
        static final long SHORT_ID = Long.MIN_VALUE;
    }

    /** A producer's retry of the request that many back. */
    record Repeat(Move move, int back) implements Step {}

    /** The end of the open call that many back. */
    record Outcome(Move move, int back, Ending ending) implements Step {}

    /** The outcome that many back once more. */
    record RepeatedOutcome(Move move, int back) implements Step {}

    /** A command about the request or conversation that many back. */
    record Command(Move move, String name, int back) implements Step {}
}
