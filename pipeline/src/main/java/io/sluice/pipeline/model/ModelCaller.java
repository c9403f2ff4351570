package io.sluice.pipeline.model;

import io.sluice.contract.AttemptEnd;
import io.sluice.contract.AttemptItem;
import io.sluice.contract.Names;
import io.sluice.contract.ResultItem;
import io.sluice.contract.Target;
import io.sluice.contract.TargetQuota;
import io.sluice.pipeline.enforce.AdmittedRequest;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has one of a request's targets answer it: chooses the target of each attempt ({@link Router}),
 * has it made ({@link TargetAttempts}), waits between attempts ({@link Retries}), and when nothing
 * is left does what the policy says ({@link Degradation}). Thread-safe and never blocking.
 *
 * <p>A request that waits between attempts, or turns to another target, gives its place back and
 * waits for another one.
 */
final class ModelCaller implements AutoCloseable {
    private final TargetAttempts attempts;
    private final Router router;
    private final Retries retries;
    private final Degradation degradation;
    private final FinalResults results;
    private final InvokerClock clock;
    private final InvokeMetrics metrics;

    /** A caller that takes the attempts over. */
    ModelCaller(
            TargetAttempts attempts,
            Router router,
            Retries retries,
            FinalResults results,
            InvokerClock clock,
            InvokeMetrics metrics) {
        this.attempts = attempts;
        this.router = router;
        this.retries = retries;
        this.degradation = new Degradation(router, retries, results, clock, metrics);
        this.results = results;
        this.clock = clock;
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
        next(new RoutedCall(invocation, place, retries.begin(invocation), end));
    }

    /** Whether an earlier run can have taken the request on. */
    boolean mayBeKnown(Invocation invocation) {
        return attempts.mayBeKnown(invocation);
    }

    /**
     * Hears of the answer that an earlier run got for a request which ends without a call of this
     * run; null if there is none. The invocation fails if that cannot be found out.
     */
    void recall(Invocation invocation, Consumer<@Nullable AttemptItem> end) {
        attempts.recall(invocation, end);
    }

    /** Makes no attempt any more; waits for those under way, see {@link AttemptLedger#stop}. */
    void stop(Duration atMost) {
        attempts.stop(atMost);
    }

    /** What was under way is not stored any more: the next run takes it over. */
    @Override
    public void close() {
        retries.close();
        attempts.close();
    }

    private void next(RoutedCall call) {
        attemptAtOneOf(
                call,
                order(call),
                () -> next(call),
                () ->
                        unlessAnswered(
                                call, () -> degradation.nothingLeft(call, this::attemptAtOneOf)));
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

    private void attempt(RoutedCall call, Router.Leave leave) {
        boolean begun =
                attempts.make(
                        call, leave, () -> retries.made(call), attempted -> ended(call, attempted));
        if (!begun) {
            degradation.fail(call, Names.MODEL_ERROR);
        }
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

    private static boolean isUnpriced(AttemptItem answered) {
        AttemptEnd end = answered.end();
        return end != null && Names.UNPRICED_PRICE_VERSION.equals(end.priceVersion());
    }

    /** Goes on at once where there is nothing to wait for, else after a while. */
    private void refused(RoutedCall call, Attempted attempted) {
        call.failed(attempted);
        ModelFailure failure = attempted.failure();
        boolean atOnce =
                attempted.replayed()
                        || router.hasOther(call.route(), call.failedAt(), clock.millis());
        OptionalLong delayMillis = retries.delayMillis(call, failure, atOnce);
        if (delayMillis.isEmpty()) {
            unlessAnswered(call, () -> degradation.afterFailures(call, this::attemptAtOneOf));
        } else if (delayMillis.getAsLong() == 0) {
            next(call);
        } else {
            List<String> places = Router.places(order(call));
            call.moveTo(places, delayMillis.getAsLong(), () -> afterWait(call, failure));
        }
    }

    private void afterWait(RoutedCall call, ModelFailure failure) {
        if (retries.isWanted(call, 0)) {
            next(call);
        } else {
            degradation.fail(call, failure.reason());
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
}
