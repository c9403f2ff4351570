package io.sluice.pipeline.model;

import io.sluice.contract.Names;
import io.sluice.contract.Target;
import java.util.List;
import java.util.Objects;

/**
 * What becomes of a request that no target of its route answers. As its policy says it gets an
 * earlier answer, or one of a cheaper model; else it fails, as {@code unavailable} if that may
 * pass. Thread-safe, never blocks.
 */
final class Degradation {
    private final Router router;
    private final Retries retries;
    private final FinalResults results;
    private final InvokerClock clock;
    private final InvokeMetrics metrics;

    Degradation(
            Router router,
            Retries retries,
            FinalResults results,
            InvokerClock clock,
            InvokeMetrics metrics) {
        this.router = router;
        this.retries = retries;
        this.results = results;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Makes an attempt of a call at one of some targets. */
    interface Attempting {
        /** One attempt; another choice once the call has a place, if it has none there. */
        void atOneOf(
                RoutedCall call, List<Target> targets, Runnable chooseAgain, Runnable ifAllRefuse);
    }

    /** No attempt can succeed, or none is allowed any more. */
    void afterFailures(RoutedCall call, Attempting attempting) {
        ModelFailure failure = Objects.requireNonNull(call.lastFailure(), "a failure");
        boolean curable = call.mayBeCured();
        if (!curable || !degrade(call, attempting)) {
            boolean late =
                    curable && failure == ModelFailure.INTERRUPTED && !retries.isWanted(call, 0);
            fail(call, late ? Names.DEADLINE : failure.reason());
        }
    }

    /** Every circuit of the route refuses. */
    void nothingLeft(RoutedCall call, Attempting attempting) {
        ModelFailure last = call.lastFailure();
        if (last != null && !call.mayBeCured()) {
            fail(call, last.reason());
        } else if (!degrade(call, attempting)) {
            unavailable(call);
        }
    }

    /** Nothing is tried any more. */
    void fail(RoutedCall call, String reason) {
        metrics.failed();
        call.end(results.failed(call.invocation(), reason, clock.millis()));
    }

    /** Serves the kept answer, or turns to the cheaper model; false if the policy has neither. */
    private boolean degrade(RoutedCall call, Attempting attempting) {
        String stale = call.admitted().staleAnswer();
        if (stale != null) {
            metrics.stale();
            call.end(results.stale(call.invocation(), stale, clock.millis()));
            return true;
        }
        return turnToCheaper(call, attempting);
    }

    private boolean turnToCheaper(RoutedCall call, Attempting attempting) {
        if (call.degraded() || call.route().cheaper().isEmpty() || !retries.isWanted(call, 0)) {
            return false;
        }
        call.degrade();
        if (!router.isCallable(router.cheaper(call.route()), clock.millis())
                || !retries.take(call)) {
            return false;
        }
        metrics.cheaper();
        cheaper(call, attempting);
        return true;
    }

    private void cheaper(RoutedCall call, Attempting attempting) {
        attempting.atOneOf(
                call,
                router.cheaper(call.route()),
                () -> cheaper(call, attempting),
                () -> unavailable(call));
    }

    private void unavailable(RoutedCall call) {
        metrics.failed();
        metrics.unavailable();
        long nowMillis = clock.millis();
        long retryAfterMillis = Math.max(1, router.remainingMillis(call.route(), nowMillis));
        call.end(results.unavailable(call.invocation(), retryAfterMillis, nowMillis));
    }
}
