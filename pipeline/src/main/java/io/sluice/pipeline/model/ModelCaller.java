package io.sluice.pipeline.model;

import io.sluice.contract.AttemptEnd;
import io.sluice.contract.AttemptItem;
import io.sluice.contract.Names;
import io.sluice.contract.ResultItem;
import io.sluice.contract.Target;
import io.sluice.contract.TargetQuota;
import io.sluice.pipeline.enforce.AdmittedRequest;
import io.sluice.sinks.aws.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has one of a request's targets answer it: chooses the target of each attempt, waits between
 * attempts, and when nothing is left serves what the policy says. Thread-safe and never blocking.
 *
 * <p>A request that waits between attempts, or turns to another target, gives its place back and
 * waits for another one.
 */
final class ModelCaller implements AutoCloseable {
    private final ModelClient client;
    private final AttemptLedger ledger;
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
            AttemptLedger ledger,
            FinalResults results,
            InvokerClock clock,
            Backoff backoff,
            Router router,
            RetryBudget budget,
            int maxAttempts,
            InvokeMetrics metrics) {
        this.client = client;
        this.ledger = ledger;
        this.results = results;
        this.clock = clock;
        this.backoff = backoff;
        this.router = router;
        this.budget = budget;
        this.maxAttempts = maxAttempts;
        this.metrics = metrics;
    }

    /**
     * Where a request may be called first, by {@link Target#placeKey()}: at the first of them that
     * may be called and has room.
     */
    List<String> firstPlaces(AdmittedRequest admitted) {
        String requestId = admitted.request().facts().requestId();
        return Router.places(router.order(admitted.route(), requestId, 1, Set.of()));
    }

    /** Hears of the quotas that policy gives the targets of a request. */
    void quotas(AdmittedRequest admitted, BiConsumer<String, TargetQuota> declared) {
        router.quotas(admitted.route(), declared);
    }

    /**
     * Calls a model, from a place at one of the request's targets; the end hears of the result
     * once, unless the call moves to another place and gets none.
     */
    void call(Invocation invocation, AttemptPlace place, Consumer<ResultItem> end) {
        budget.request(invocation.facts().model(), clock.millis());
        next(new RoutedCall(invocation, place, end, maxAttempts));
    }

    /** Whether an earlier run can have taken the request on. */
    boolean mayBeKnown(Invocation invocation) {
        return ledger.mayBeKnown(invocation);
    }

    /**
     * Hears of the answer that an earlier run got for a request which ends without a call of this
     * run; null if there is none. The invocation fails if that cannot be found out.
     */
    void recall(Invocation invocation, Consumer<@Nullable AttemptItem> end) {
        var unused =
                ledger.recall(invocation)
                        .whenComplete(
                                (answered, failure) -> {
                                    if (failure == null) {
                                        invocation.orBroken(
                                                () -> end.accept(answered.orElse(null)));
                                    } else {
                                        stop(invocation, failure);
                                    }
                                });
    }

    /** Makes no attempt any more; waits for those under way, see {@link AttemptLedger#stop}. */
    void stop(Duration atMost) {
        ledger.stop(atMost);
    }

    /** What was under way is not stored any more: the next run takes it over. */
    @Override
    public void close() {
        closed = true;
        try {
            ledger.close();
        } finally {
            client.close();
        }
    }

    private void next(RoutedCall call) {
        attemptAtOneOf(
                call,
                order(call),
                () -> next(call),
                () -> unlessAnswered(call, () -> nothingLeft(call)));
    }

    /** The targets of the next attempt. */
    private List<Target> order(RoutedCall call) {
        return router.order(
                call.route(), call.facts().requestId(), call.attempts() + 1, call.failedAt());
    }

    /** One attempt where the call has its place; another place if it has none or may not call. */
    private void attemptAtOneOf(
            RoutedCall call, List<Target> targets, Runnable chooseAgain, Runnable ifAllRefuse) {
        long nowMillis = clock.millis();
        Router.Leave leave = router.leaveAt(call.held(), targets, nowMillis);
        if (leave != null) {
            attempt(call, leave);
        } else if (router.isCallable(targets, nowMillis)) {
            call.moveTo(Router.places(targets), 0, chooseAgain);
        } else {
            ifAllRefuse.run();
        }
    }

    /**
     * One attempt against one target, or what an earlier run made of the attempt of that number,
     * whichever target it went to.
     */
    private void attempt(RoutedCall call, Router.Leave leave) {
        if (!call.invocation().beginAttempt()) {
            leave.permit().unused(clock.millis());
            fail(call, Names.MODEL_ERROR);
            return;
        }
        ModelCall modelCall = ModelCall.of(call.admitted(), leave.target());
        var unused =
                ledger.make(
                                call.invocation(),
                                call.attempts() + 1,
                                modelCall,
                                leave.target().key(),
                                () -> converse(call, modelCall, leave.permit()))
                        .whenComplete(
                                (attempted, failure) ->
                                        call.invocation()
                                                .orBroken(
                                                        () ->
                                                                ended(
                                                                        call, leave, attempted,
                                                                        failure)));
    }

    private void ended(
            RoutedCall call,
            Router.Leave leave,
            @Nullable Attempted attempted,
            @Nullable Throwable failure) {
        // without effect after a call, which gave it back itself
        leave.permit().unused(clock.millis());
        call.leave(AttemptVerdict.NOT_MADE);
        call.invocation().pause();
        if (attempted != null) {
            ended(call, attempted);
        } else {
            stop(call.invocation(), Objects.requireNonNull(failure));
        }
    }

    private CompletableFuture<ModelReply> converse(
            RoutedCall call, ModelCall modelCall, Circuit.Permit permit) {
        countRetryAfterEarlierRun(call);
        CompletableFuture<ModelReply> answer;
        try {
            answer = client.converse(modelCall);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.whenComplete(
                        (reply, failure) -> {
                            if (failure == null) {
                                permit.succeeded(clock.millis());
                                call.leave(AttemptVerdict.answered(reply.usage()));
                            } else {
                                ModelException refusal =
                                        BedrockFailures.toException(failure, modelCall);
                                permit.failed(refusal.failure(), clock.millis());
                                call.invocation().failedWith(CallError.of(refusal));
                                call.leave(AttemptVerdict.of(refusal.failure()));
                            }
                        })
                .thenCompose(reply -> client.kept(modelCall, reply));
    }

    private static boolean isUnpriced(AttemptItem answered) {
        AttemptEnd end = answered.end();
        return end != null && Names.UNPRICED_PRICE_VERSION.equals(end.priceVersion());
    }

    private void ended(RoutedCall call, Attempted attempted) {
        AttemptItem answered = attempted.answered();
        if (answered == null) {
            refused(call, attempted);
        } else {
            answered(call, answered);
        }
    }

    private void answered(RoutedCall call, AttemptItem answered) {
        metrics.answered(clock.millis() - call.invocation().startedAtMillis());
        if (isUnpriced(answered)) {
            metrics.unpriced();
        }
        call.end(results.succeeded(call.invocation(), answered));
    }

    private void refused(RoutedCall call, Attempted attempted) {
        call.failed(attempted);
        ModelFailure failure = attempted.failure();
        boolean atOnce =
                attempted.replayed()
                        || router.hasOther(call.route(), call.failedAt(), clock.millis());
        long delayMillis = atOnce ? 0 : backoff.delayMillis(call.attempts());
        boolean again =
                call.rules().mayRepeatAfter(failure, call.invocation().tally())
                        && call.hasTarget()
                        && !call.degraded()
                        && mayGoOn(call, delayMillis)
                        && mayRetry(call);
        if (!again) {
            unlessAnswered(call, () -> giveUp(call));
        } else if (delayMillis == 0) {
            metrics.repeated();
            next(call);
        } else {
            metrics.repeated();
            List<String> places = Router.places(order(call));
            call.moveTo(places, delayMillis, () -> afterWait(call, failure));
        }
    }

    /** Goes on unless an earlier run got an answer by attempts that this one has not seen. */
    private void unlessAnswered(RoutedCall call, Runnable otherwise) {
        Invocation invocation = call.invocation();
        boolean seen = call.calledByThisRun() || (call.attempts() == 0 && !mayBeKnown(invocation));
        if (seen || !invocation.beginRecall()) {
            otherwise.run();
            return;
        }
        recall(
                invocation,
                answered -> {
                    invocation.pause();
                    if (answered == null) {
                        call.recalled();
                        otherwise.run();
                    } else {
                        answered(call, answered);
                    }
                });
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
                && !call.invocation().mayNotBeTried()
                && clock.millis() + delayMillis < call.facts().deadlineAtMillis();
    }

    /**
     * Takes a retry from the budget if the last failure makes the next attempt one. Not after a
     * failure of an earlier run, which may have made that attempt already.
     */
    private boolean mayRetry(RoutedCall call) {
        ModelFailure last = call.lastFailure();
        if (last == null || !last.targetsFault() || !call.calledByThisRun()) {
            return true;
        }
        boolean granted = budget.tryRetry(call.facts().model(), clock.millis());
        if (!granted) {
            metrics.retryRefused();
        }
        return granted;
    }

    /** A retry after a failure of an earlier run is not refused, and counts once it is made. */
    private void countRetryAfterEarlierRun(RoutedCall call) {
        ModelFailure last = call.lastFailure();
        if (last != null && last.targetsFault() && !call.calledByThisRun()) {
            var unused = budget.tryRetry(call.facts().model(), clock.millis());
        }
    }

    /** No attempt can succeed, or none is allowed any more. */
    private void giveUp(RoutedCall call) {
        ModelFailure failure = Objects.requireNonNull(call.lastFailure(), "a failure");
        boolean curable = call.mayBeCured();
        if (!curable || !degrade(call)) {
            boolean late = curable && failure == ModelFailure.INTERRUPTED && !mayGoOn(call, 0);
            fail(call, late ? Names.DEADLINE : failure.reason());
        }
    }

    /** Every circuit of the route refuses. */
    private void nothingLeft(RoutedCall call) {
        ModelFailure last = call.lastFailure();
        if (last != null && !call.mayBeCured()) {
            fail(call, last.reason());
            return;
        }
        if (!degrade(call)) {
            unavailable(call);
        }
    }

    private void unavailable(RoutedCall call) {
        metrics.failed();
        metrics.unavailable();
        long nowMillis = clock.millis();
        long retryAfterMillis = Math.max(1, router.remainingMillis(call.route(), nowMillis));
        call.end(results.unavailable(call.invocation(), retryAfterMillis, nowMillis));
    }

    /** Serves the kept answer, or turns to the cheaper model; false if the policy has neither. */
    private boolean degrade(RoutedCall call) {
        String stale = call.admitted().staleAnswer();
        if (stale != null) {
            metrics.stale();
            call.end(results.stale(call.invocation(), stale, clock.millis()));
            return true;
        }
        if (call.degraded() || call.route().cheaper().isEmpty() || !mayGoOn(call, 0)) {
            return false;
        }
        call.degrade();
        if (!router.isCallable(router.cheaper(call.route()), clock.millis()) || !mayRetry(call)) {
            return false;
        }
        metrics.cheaper();
        cheaper(call);
        return true;
    }

    private void cheaper(RoutedCall call) {
        attemptAtOneOf(
                call, router.cheaper(call.route()), () -> cheaper(call), () -> unavailable(call));
    }

    private void fail(RoutedCall call, String reason) {
        metrics.failed();
        call.end(results.failed(call.invocation(), reason, clock.millis()));
    }

    private static void stop(Invocation invocation, Throwable failure) {
        invocation
                .completion()
                .failed(
                        new IllegalStateException(
                                "the attempts of "
                                        + invocation.facts().requestId()
                                        + " cannot be recorded, and no call goes unrecorded; correct"
                                        + " the cause, the job goes on from its last checkpoint",
                                failure));
    }
}
