package io.sluice.local.bedrock;

import org.jspecify.annotations.Nullable;

/**
 * How one call ends.
 *
 * @param fault what it is answered with, if and only if the effect is {@link Effect#FAIL}
 */
record Ending(Effect effect, @Nullable Fault fault) {

    static final Ending ANSWER = new Ending(Effect.ANSWER, null);

    /** An ending without a fault. */
    static Ending of(Effect effect) {
        return new Ending(effect, null);
    }

    /** The ending with that fault; a throttling is told before the model sees the call. */
    static Ending failing(@Nullable Fault fault) {
        return fault == Fault.THROTTLING || fault == null
                ? of(Effect.THROTTLE)
                : new Ending(Effect.FAIL, fault);
    }
}
