package io.sluice.pipeline.model;

import java.util.HashMap;
import java.util.Map;

/**
 * Keeps retries after errors from multiplying the load on a model that fails: over the last minute
 * at most a fifth as many as requests that asked for the model, and a few more, so that a model
 * that is rarely asked may be tried again at all. Throttling does not spend it.
 *
 * <p>Pure: time is an argument, epoch milliseconds, and is taken as that of the newest call if it
 * goes back. Counts per second, so the window ends within a second of a minute. One per subtask;
 * what holds in each holds for their sum. Thread-safe.
 *
 * @see <a href="https://sre.google/sre-book/handling-overload/">Handling overload, Deciding to
 *     Retry</a>, read 2026-11-26
 */
final class RetryBudget {
    /** Retries that need no requests to stand for them. */
    static final int FLOOR = 5;

    /** Requests that stand for one retry: attempts are at most 1.2 times the requests. */
    static final int REQUESTS_PER_RETRY = 5;

    private static final int SECONDS = 60;
    private static final long MILLIS_PER_SECOND = 1_000;

    /** Models remembered; beyond, one that was not asked for longest is forgotten. */
    private static final int MOST_MODELS = 1_000;

    private final Map<String, Window> windows = new HashMap<>();

    /** A request that asked for the model is about to have its first attempt. */
    synchronized void request(String model, long nowMillis) {
        Window window = windowOf(model, nowMillis);
        window.requests[window.slot()]++;
    }

    /** Takes a retry after an error; false, and nothing taken, if the budget is spent. */
    synchronized boolean tryRetry(String model, long nowMillis) {
        Window window = windowOf(model, nowMillis);
        long allowed = FLOOR + sum(window.requests) / REQUESTS_PER_RETRY;
        if (sum(window.retries) >= allowed) {
            return false;
        }
        window.retries[window.slot()]++;
        return true;
    }

    private Window windowOf(String model, long nowMillis) {
        long second = Math.floorDiv(nowMillis, MILLIS_PER_SECOND);
        Window window = windows.get(model);
        if (window == null) {
            if (windows.size() >= MOST_MODELS) {
                windows.values().removeIf(other -> second - other.second >= SECONDS);
            }
            window = new Window(second);
            windows.put(model, window);
        }
        window.moveTo(second);
        return window;
    }

    private static long sum(int[] counts) {
        long sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }

    /** Counts of the last minute, a ring of seconds. */
    private static final class Window {
        private final int[] requests = new int[SECONDS];
        private final int[] retries = new int[SECONDS];
        private long second;

        private Window(long second) {
            this.second = second;
        }

        private int slot() {
            return (int) Math.floorMod(second, (long) SECONDS);
        }

        private void moveTo(long newSecond) {
            long steps = Math.min(newSecond - second, SECONDS);
            for (long i = 1; i <= steps; i++) {
                int passed = (int) Math.floorMod(second + i, (long) SECONDS);
                requests[passed] = 0;
                retries[passed] = 0;
            }
            second = Math.max(second, newSecond);
        }
    }
}
