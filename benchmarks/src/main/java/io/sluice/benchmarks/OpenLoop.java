package io.sluice.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/**
 * Starts calls at a fixed rate, whether or not earlier ones were answered. Every call is handed the
 * time at which it <em>should</em> have started, so that a generator or a system that stalls is
 * charged for the stall (no coordinated omission).
 */
final class OpenLoop {
    private OpenLoop() {}

    /**
     * Calls {@code start} with the call's number and its intended start ({@link System#nanoTime()})
     * {@code perSecond} times a second; blocks for {@code seconds}.
     */
    static void run(int perSecond, int seconds, BiConsumer<Integer, Long> start) {
        long begin = System.nanoTime();
        int calls = Math.multiplyExact(perSecond, seconds);
        for (int call = 0; call < calls; call++) {
            long intended = begin + call * TimeUnit.SECONDS.toNanos(1) / perSecond;
            for (long left = intended - System.nanoTime();
                    left > 0;
                    left = intended - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            start.accept(call, intended);
        }
    }
}
