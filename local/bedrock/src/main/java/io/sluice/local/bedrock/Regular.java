package io.sluice.local.bedrock;

import org.jspecify.annotations.Nullable;

/**
 * What happens to every n-th call; zero means never.
 *
 * @param throttleRate share of calls answered with ThrottlingException, evenly spread
 * @param throttleEvery every n-th call is answered with ThrottlingException
 * @param error the fault that {@code errorEvery} gives
 * @param errorEvery every n-th call is answered with {@code error} after the wait
 * @param hangEvery every n-th call is never answered
 * @param cutEvery every n-th call loses its connection in the middle of the answer
 * @param dripEvery every n-th call is answered in small pieces
 */
public record Regular(
        double throttleRate,
        long throttleEvery,
        @Nullable Fault error,
        long errorEvery,
        long hangEvery,
        long cutEvery,
        long dripEvery) {

    /** Nothing ever. */
    public static final Regular NONE = new Regular(0, 0, null, 0, 0, 0, 0);

    /**
     * What happens to the {@code ordinal}-th call (from 1); throttling wins over hanging, cutting,
     * errors and dripping.
     */
    Ending endingOf(long ordinal) {
        boolean byRate =
                Math.floor(ordinal * throttleRate) > Math.floor((ordinal - 1) * throttleRate);
        if (byRate || due(throttleEvery, ordinal)) {
            return Ending.of(Effect.THROTTLE);
        } else if (due(hangEvery, ordinal)) {
            return Ending.of(Effect.HANG);
        } else if (due(cutEvery, ordinal)) {
            return Ending.of(Effect.CUT_AMID);
        } else if (due(errorEvery, ordinal)) {
            return Ending.failing(error);
        } else if (due(dripEvery, ordinal)) {
            return Ending.of(Effect.DRIP);
        }
        return Ending.ANSWER;
    }

    private static boolean due(long every, long ordinal) {
        return every > 0 && ordinal % every == 0;
    }
}
