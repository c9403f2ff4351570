package io.sluice.ingress.stream;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntToLongFunction;

/**
 * The pause before another attempt: doubles with each one from 25 ms to 1 s, half of it at random,
 * so that records which failed together do not come back together.
 */
final class Backoff implements IntToLongFunction {
    private static final long FIRST_MILLIS = 25;
    private static final long MOST_MILLIS = 1_000;

    @Override
    public long applyAsLong(int failedAttempts) {
        long full = Math.min(MOST_MILLIS, FIRST_MILLIS << Math.min(failedAttempts - 1, 10));
        return full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1);
    }
}
