package io.sluice.pipeline.model;

import io.sluice.sinks.aws.Backoff;
import java.util.OptionalLong;

/**
 * Whether a request whose attempt failed has another one, and when: by its own {@link RetryRules},
 * by the time that is left to it, and by the {@link RetryBudget} of the model that it asked for.
 * Thread-safe.
 */
final class Retries implements AutoCloseable {
    private final int maxAttempts;
    private final Backoff backoff;
    private final InvokerClock clock;
    private final InvokeMetrics metrics;
    private final RetryBudget budget = new RetryBudget();
    private volatile boolean closed;

    /** Retries within at most so many attempts of a request. */
    Retries(int maxAttempts, Backoff backoff, InvokerClock clock, InvokeMetrics metrics) {
        this.maxAttempts = maxAttempts;
        this.backoff = backoff;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** The rules of a request that is about to have its first attempt; the budget grows for it. */
    RetryRules begin(Invocation invocation) {
        budget.request(invocation.facts().model(), clock.millis());
        return new RetryRules(maxAttempts, invocation.facts().policy().ambiguous());
    }

    /**
     * How long a call waits for another attempt after its newest one, which failed; empty if it may
     * have none. Counts the failure, and takes a retry from the budget.
     *
     * @param atOnce whether there is nothing to wait for
     */
    OptionalLong delayMillis(RoutedCall call, ModelFailure failure, boolean atOnce) {
        long delayMillis = atOnce ? 0 : backoff.delayMillis(call.attempts());
        boolean again =
                call.rules().mayRepeatAfter(failure, call.invocation().tally())
                        && call.hasTarget()
                        && !call.degraded()
                        && isWanted(call, delayMillis)
                        && take(call);
        if (!again) {
            return OptionalLong.empty();
        }
        metrics.repeated();
        return OptionalLong.of(delayMillis);
    }

    /** Whether anybody still wants the answer so much later. */
    boolean isWanted(RoutedCall call, long delayMillis) {
        return !closed
                && !call.invocation().mayNotBeTried()
                && clock.millis() + delayMillis < call.facts().deadlineAtMillis();
    }

    /**
     * Takes a retry from the budget if the last failure makes the next attempt one. Not after a
     * failure of an earlier run, which may have made that attempt already.
     */
    boolean take(RoutedCall call) {
        if (!isRetry(call) || !call.calledByThisRun()) {
            return true;
        }
        boolean granted = budget.tryRetry(call.facts().model(), clock.millis());
        if (!granted) {
            metrics.retryRefused();
        }
        return granted;
    }

    /** A retry after a failure of an earlier run is not refused, and counts once it is made. */
    void made(RoutedCall call) {
        if (isRetry(call) && !call.calledByThisRun()) {
            var unused = budget.tryRetry(call.facts().model(), clock.millis());
        }
    }

    /** From now on no answer is wanted any more. */
    @Override
    public void close() {
        closed = true;
    }

    private static boolean isRetry(RoutedCall call) {
        ModelFailure last = call.lastFailure();
        return last != null && last.targetsFault();
    }
}
