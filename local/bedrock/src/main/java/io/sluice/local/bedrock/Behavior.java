package io.sluice.local.bedrock;

import org.jspecify.annotations.Nullable;

/**
 * How one model (or, with {@code *}, every model without a behaviour of its own) treats the calls
 * that reach it. Counters run per model id and start when the behaviour is put; zero means never.
 *
 * @param model model id as callers send it, the same without geo prefix, or {@code *}
 * @param latency wait before the answer
 * @param tokensPerSecond adds the time that many output tokens take; 0 adds nothing
 * @param throttleRate share of calls answered with ThrottlingException, evenly spread
 * @param throttleEvery every n-th call is answered with ThrottlingException
 * @param error the fault that {@code errorEvery} gives
 * @param errorEvery every n-th call is answered with {@code error} after the wait
 * @param hangEvery every n-th call is never answered
 * @param cutEvery every n-th call loses its connection in the middle of the answer
 */
public record Behavior(
        String model,
        LatencyMillis latency,
        double tokensPerSecond,
        double throttleRate,
        long throttleEvery,
        @Nullable Fault error,
        long errorEvery,
        long hangEvery,
        long cutEvery) {

    /** Stands for every model. */
    public static final String ANY = "*";

    /** A model that answers every call at once. */
    public static Behavior none(String model) {
        return new Behavior(model, LatencyMillis.NONE, 0, 0, 0, null, 0, 0, 0);
    }

    /** The same with another latency. */
    public Behavior withLatency(LatencyMillis newLatency) {
        return new Behavior(
                model,
                newLatency,
                tokensPerSecond,
                throttleRate,
                throttleEvery,
                error,
                errorEvery,
                hangEvery,
                cutEvery);
    }

    /**
     * What happens to the {@code ordinal}-th call (from 1) of a model; throttling wins over
     * hanging, cutting and errors.
     */
    Effect effectOn(long ordinal) {
        boolean byRate =
                Math.floor(ordinal * throttleRate) > Math.floor((ordinal - 1) * throttleRate);
        if (byRate || due(throttleEvery, ordinal)) {
            return Effect.THROTTLE;
        } else if (due(hangEvery, ordinal)) {
            return Effect.HANG;
        } else if (due(cutEvery, ordinal)) {
            return Effect.CUT;
        } else if (due(errorEvery, ordinal)) {
            return error == Fault.THROTTLING ? Effect.THROTTLE : Effect.FAIL;
        }
        return Effect.ANSWER;
    }

    /** The wait of the {@code ordinal}-th call, in milliseconds. */
    long latencyMillis(long ordinal, int outputTokens) {
        long writing =
                tokensPerSecond == 0 ? 0 : Math.round(outputTokens * 1000.0 / tokensPerSecond);
        return Math.min(LatencyMillis.LARGEST, latency.pick(ordinal) + writing);
    }

    private static boolean due(long every, long ordinal) {
        return every > 0 && ordinal % every == 0;
    }

    /** The ways a call can end. */
    enum Effect {
        ANSWER,
        THROTTLE,
        FAIL,
        HANG,
        CUT
    }
}
