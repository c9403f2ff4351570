package io.sluice.sinks.aws;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongUnaryOperator;

/** The one source of randomness of this module; decides when to retry and nothing else. */
public final class Jitter {
    private Jitter() {}

    /** A number from 0 up to, not including, the argument. */
    public static LongUnaryOperator random() {
        return bound -> ThreadLocalRandom.current().nextLong(bound);
    }
}
