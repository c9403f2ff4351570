package io.sluice.pipeline.model;

import io.sluice.contract.Names;
import io.sluice.contract.ResultItem;
import io.sluice.contract.Target;
import io.sluice.sinks.aws.Backoff;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has one of a request's targets answer it: chooses the target of each attempt, waits between
 * attempts, and when nothing is left serves what the policy says. Thread-safe and never blocking.
 *
 * <p>A request that waits between attempts keeps its place in its lane: the waits are short, and a
 * lane whose model is throttled should not take on more.
 */
final class ModelCaller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelCaller.class);

    private final ModelClient client;
    private final FinalResults results;
    private final InvokerClock clock;
    private final Backoff backoff;
    private final Router router;
    private final RetryBudget budget;
    private final int maxAttempts;
    private final InvokeMetrics metrics;
    private volatile boolean closed;

    ModelCaller(
            ModelClient client,
            FinalResults results,
            InvokerClock clock,
            Backoff backoff,
            Router router,
            RetryBudget budget,
            int maxAttempts,
            InvokeMetrics metrics) {
        this.client = client;
        this.results = results;
        this.clock = clock;
        this.backoff = backoff;
        this.router = router;
        this.budget = budget;
        this.maxAttempts = maxAttempts;
        this.metrics = metrics;
    }

    /** Calls a model; the end hears of the result once. */
    void call(Invocation invocation, Consumer<ResultItem> end) {
        budget.request(invocation.facts().model(), clock.millis());
        next(new RoutedCall(invocation, end, maxAttempts));
    }

    @Override
    public void close() {
        closed = true;
        client.close();
    }

    private void next(RoutedCall call) {
        long nowMillis = clock.millis();
        Router.Leave leave =
                router.choose(
                        call.route(),
                        call.facts().requestId(),
                        call.rules().attempts() + 1,
                        call.failedAt(),
                        nowMillis);
        if (leave == null) {
            nothingLeft(call);
        } else {
            attempt(call, leave);
        }
    }

    /**
     * One attempt against one target, from before the call to after its answer. Whatever belongs
     * around every attempt belongs here.
     */
    private void attempt(RoutedCall call, Router.Leave leave) {
        int attempt = call.rules().start();
        Target target = leave.target();
        ModelCall modelCall = ModelCall.of(call.admitted(), target);
        var unused =
                converse(modelCall)
                        .whenComplete(
                                (reply, failure) -> {
                                    if (failure == null) {
                                        leave.permit().succeeded(clock.millis());
                                        answered(call, target, reply, attempt);
                                    } else {
                                        ModelException refusal =
                                                BedrockFailures.toException(failure, modelCall);
                                        leave.permit().failed(refusal.failure(), clock.millis());
                                        refused(call, target, refusal);
                                    }
                                });
    }

    private CompletableFuture<ModelReply> converse(ModelCall call) {
        try {
            return client.converse(call);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void answered(RoutedCall call, Target target, ModelReply reply, int attempt) {
        long nowMillis = clock.millis();
        Invocation invocation = call.invocation();
        metrics.answered(nowMillis - invocation.startedAtMillis());
        if (!results.canPrice(target.model())) {
            metrics.unpriced();
        }
        ResultItem item;
        try {
            item = results.succeeded(invocation, target, reply, attempt, nowMillis);
        } catch (RuntimeException e) {
            LOG.error("The answer to {} cannot be priced", call.facts().requestId(), e);
            item = results.failed(invocation, Names.MODEL_ERROR, attempt, nowMillis);
        }
        call.end(item);
    }

    private void refused(RoutedCall call, Target target, ModelException refusal) {
        LOG.debug("Attempt {}: {}", call.rules().attempts(), refusal.getMessage());
        ModelFailure failure = refusal.failure();
        call.invocation().failedWith(CallError.of(refusal));
        call.failed(target, failure);
        long nowMillis = clock.millis();
        boolean elsewhere = router.hasOther(call.route(), call.failedAt(), nowMillis);
        long delayMillis = elsewhere ? 0 : backoff.delayMillis(call.rules().attempts());
        boolean again =
                call.rules().mayRepeatAfter(failure)
                        && !call.degraded()
                        && mayGoOn(call, delayMillis)
                        && mayRetry(call);
        if (!again) {
            giveUp(call, failure);
        } else if (delayMillis == 0) {
            metrics.repeated();
            next(call);
        } else {
            metrics.repeated();
            clock.after(delayMillis, () -> afterWait(call, failure));
        }
    }

    private void afterWait(RoutedCall call, ModelFailure failure) {
        if (mayGoOn(call, 0)) {
            next(call);
        } else {
            fail(call, failure.reason());
        }
    }

    /** Whether anybody still wants the answer so much later. */
    private boolean mayGoOn(RoutedCall call, long delayMillis) {
        return !closed
                && !call.invocation().isConcluded()
                && clock.millis() + delayMillis < call.facts().deadlineAtMillis();
    }

    /** Takes a retry from the budget if the last failure makes the next attempt one. */
    private boolean mayRetry(RoutedCall call) {
        ModelFailure last = call.lastFailure();
        if (last == null || !last.targetsFault()) {
            return true;
        }
        boolean granted = budget.tryRetry(call.facts().model(), clock.millis());
        if (!granted) {
            metrics.retryRefused();
        }
        return granted;
    }

    /** No attempt can succeed, or none is allowed any more. */
    private void giveUp(RoutedCall call, ModelFailure failure) {
        if (!failure.repeatable() || !degrade(call)) {
            fail(call, failure.reason());
        }
    }

    /** Every circuit of the route refuses. */
    private void nothingLeft(RoutedCall call) {
        if (degrade(call)) {
            return;
        }
        metrics.failed();
        metrics.unavailable();
        long nowMillis = clock.millis();
        long retryAfterMillis = Math.max(1, router.remainingMillis(call.route(), nowMillis));
        call.end(
                results.unavailable(
                        call.invocation(), call.rules().attempts(), retryAfterMillis, nowMillis));
    }

    /** Serves the kept answer, or turns to the cheaper model; false if the policy has neither. */
    private boolean degrade(RoutedCall call) {
        String stale = call.admitted().staleAnswer();
        if (stale != null) {
            metrics.stale();
            int attempts = call.rules().attempts();
            call.end(results.stale(call.invocation(), stale, attempts, clock.millis()));
            return true;
        }
        if (call.degraded() || call.route().cheaper().isEmpty() || !mayGoOn(call, 0)) {
            return false;
        }
        call.degrade();
        Router.Leave leave = router.cheaper(call.route(), clock.millis());
        if (leave == null) {
            return false;
        }
        if (!mayRetry(call)) {
            leave.permit().unused(clock.millis());
            return false;
        }
        metrics.cheaper();
        attempt(call, leave);
        return true;
    }

    private void fail(RoutedCall call, String reason) {
        metrics.failed();
        int attempts = call.rules().attempts();
        call.end(results.failed(call.invocation(), reason, attempts, clock.millis()));
    }
}
