package io.sluice.local.bedrock;

import org.jspecify.annotations.Nullable;

/**
 * How one model (or, with {@code *}, every model without a behaviour of its own) treats the calls
 * that reach it, in one region or in all. Counters run per model id, and per region where the
 * behaviour names one; they start when the behaviour is put.
 *
 * @param model model id as callers send it, the same without geo prefix, or {@code *}
 * @param region region that calls are signed for, such as {@code us-east-1}; empty for all
 * @param latency wait before the answer
 * @param tokensPerSecond adds the time that many output tokens take; 0 adds nothing
 * @param dripMillis time over which the body of a dripping answer comes
 * @param regular what happens to every n-th call
 * @param mix what happens by probability to the calls that {@code regular} leaves alone
 */
public record Behavior(
        String model,
        String region,
        LatencyMillis latency,
        double tokensPerSecond,
        long dripMillis,
        Regular regular,
        Mix mix) {

    /** Stands for every model. */
    public static final String ANY = "*";

    /** Stands for every region. */
    public static final String EVERYWHERE = "";

    /** Where a dripping answer says nothing else. */
    public static final long DEFAULT_DRIP_MILLIS = 2_000;

    /** A model that answers every call at once. */
    public static Behavior none(String model) {
        return new Behavior(
                model,
                EVERYWHERE,
                LatencyMillis.NONE,
                0,
                DEFAULT_DRIP_MILLIS,
                Regular.NONE,
                Mix.NONE);
    }

    /** A behaviour in all regions that knows every n-th calls only. */
    public Behavior(
            String model,
            LatencyMillis latency,
            double tokensPerSecond,
            double throttleRate,
            long throttleEvery,
            @Nullable Fault error,
            long errorEvery,
            long hangEvery,
            long cutEvery) {
        this(
                model,
                EVERYWHERE,
                latency,
                tokensPerSecond,
                DEFAULT_DRIP_MILLIS,
                new Regular(throttleRate, throttleEvery, error, errorEvery, hangEvery, cutEvery, 0),
                Mix.NONE);
    }

    /** The same with another latency. */
    public Behavior withLatency(LatencyMillis newLatency) {
        return new Behavior(model, region, newLatency, tokensPerSecond, dripMillis, regular, mix);
    }

    /** What happens to the {@code ordinal}-th call, from 1. */
    Ending endingOf(long ordinal) {
        Ending regularly = regular.endingOf(ordinal);
        return regularly.effect() == Effect.ANSWER ? mix.endingOf(ordinal) : regularly;
    }

    /** The wait of the {@code ordinal}-th call, in milliseconds. */
    long latencyMillis(long ordinal, int outputTokens) {
        long writing =
                tokensPerSecond == 0 ? 0 : Math.round(outputTokens * 1000.0 / tokensPerSecond);
        return Math.min(LatencyMillis.LARGEST, latency.pick(ordinal) + writing);
    }
}
