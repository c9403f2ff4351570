package io.sluice.pipeline.model;

import io.sluice.contract.Names;
import io.sluice.contract.ResultItem;
import io.sluice.pipeline.enforce.AdmittedRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Takes admitted requests to their end: scheduled, called, priced, stored. Every request ends in
 * exactly one stored result, or in a failure that stops the job and so keeps the request.
 *
 * <p>Thread-safe and never blocking: runs on whichever thread an answer or alarm arrives.
 */
final class ModelInvoker implements AutoCloseable {
    /** Ample for an operator to hand over all it has restored, which it does at a stretch. */
    private static final long RESTORE_PAUSE_MILLIS = 500;

    private final ModelCaller caller;
    private final FinalResults results;
    private final CallScheduler<Invocation> scheduler;
    private final ResultWriter writer;
    private final InvokerClock clock;
    private final InvokeMetrics metrics;

    /** What waits, by tenant and request. */
    private final Map<Map.Entry<String, String>, Invocation> waiting = new ConcurrentHashMap<>();

    private final RestoredOrders restored;
    private final AtomicInteger pumping = new AtomicInteger();
    private final Alarm alarm;
    private volatile boolean closed;

    /**
     * An invoker that takes over its parts.
     *
     * @param restoring whether records of an earlier run are about to come, in no order
     */
    ModelInvoker(
            ModelCaller caller,
            FinalResults results,
            CallScheduler<Invocation> scheduler,
            ResultWriter writer,
            InvokerClock clock,
            InvokeMetrics metrics,
            boolean restoring) {
        this.caller = caller;
        this.results = results;
        this.scheduler = scheduler;
        this.writer = writer;
        this.clock = clock;
        this.metrics = metrics;
        this.restored = new RestoredOrders(restoring);
        this.alarm = new Alarm(clock, this::onAlarm);
        if (restoring) {
            clock.after(RESTORE_PAUSE_MILLIS, this::release);
        }
    }

    /** Takes a request on; the completion hears of its end. */
    Invocation submit(AdmittedRequest admitted, Invocation.Completion completion) {
        long nowMillis = clock.millis();
        Invocation invocation =
                new Invocation(admitted, caller.firstPlaces(admitted), completion, nowMillis);
        Runnable afterWithdrawal = restored.withdrawalOf(invocation);
        if (afterWithdrawal != null) {
            cancel(invocation, afterWithdrawal);
            return invocation;
        }
        waiting.put(invocation.id(), invocation);
        if (!restored.hold(invocation)) {
            enter(invocation);
        }
        return invocation;
    }

    /**
     * Ends a request as cancelled if its call has not started; a request that runs, ended or was
     * never here stays what it is. Afterwards comes once the result is stored, so that a restore in
     * between brings the withdrawal again along with the request.
     */
    void withdraw(String tenantId, String requestId, Runnable afterwards) {
        Map.Entry<String, String> id = Map.entry(tenantId, requestId);
        Invocation invocation = waiting.get(id);
        if (invocation != null && invocation.claim()) {
            scheduler.withdraw(invocation, clock.millis());
            cancel(invocation, afterwards);
            pump();
        } else if (!restored.hold(id, afterwards)) {
            afterwards.run();
        }
    }

    /** All orders of an earlier run have come. */
    void restored() {
        release();
        restored.releaseWithdrawals().forEach(Runnable::run);
    }

    /**
     * Ends a request that took too long, unless its result is already being stored. An attempt that
     * is under way ends it instead, as its last, so that the result says what that came to.
     */
    void giveUp(Invocation invocation) {
        scheduler.withdraw(invocation, clock.millis());
        if (invocation.startedAtMillis() == 0) {
            fail(invocation, Names.DEADLINE);
        } else if (!invocation.giveUp()) {
            fail(invocation, Names.MODEL_ERROR);
        }
        pump();
    }

    /** Starts no call any more, and waits at most so long for the answers of those under way. */
    void stop(Duration atMost) {
        closed = true;
        alarm.close();
        caller.stop(atMost);
    }

    @Override
    public void close() {
        closed = true;
        alarm.close();
        try {
            writer.close();
        } finally {
            caller.close();
        }
    }

    private void release() {
        restored.release().forEach(this::enter);
    }

    private void enter(Invocation invocation) {
        long nowMillis = clock.millis();
        if (invocation.isConcluded()) {
            return; // withdrawn or given up while it was held
        }
        if (invocation.facts().deadlineAtMillis() <= nowMillis) {
            passDeadline(invocation);
        } else {
            String name = invocation.facts().model();
            caller.quotas(
                    invocation.admitted(),
                    (place, quota) -> scheduler.declare(place, name, quota, nowMillis));
            invocation.terms().targets().forEach(metrics.targets()::seen);
            scheduler.offer(invocation, invocation.terms(), nowMillis).forEach(this::shed);
            pump();
        }
    }

    /** Starts what may start; a call that ends at once does not recurse but goes round again. */
    private void pump() {
        if (pumping.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        try {
            do {
                startAll();
                seen = pumping.addAndGet(-seen);
            } while (seen != 0);
        } finally {
            if (seen != 0) {
                pumping.set(0); // it failed: whoever comes next may pump
            }
        }
        setAlarm();
    }

    private void startAll() {
        for (Invocation next = next(); next != null; next = next()) {
            Invocation started = next;
            started.orBroken(() -> start(started));
        }
    }

    private @Nullable Invocation next() {
        return scheduler.next(clock.millis());
    }

    private void start(Invocation invocation) {
        long nowMillis = clock.millis();
        Runnable nextAttempt = invocation.nextAttempt();
        if (nextAttempt != null) {
            goOn(invocation, nextAttempt, nowMillis);
            return;
        }
        waiting.remove(invocation.id(), invocation);
        if (!invocation.claim() || closed || invocation.isConcluded()) {
            notMade(invocation, nowMillis);
        } else if (invocation.facts().deadlineAtMillis() <= nowMillis) {
            notMade(invocation, nowMillis);
            passDeadline(invocation);
        } else {
            invocation.startedAt(nowMillis);
            metrics.lane(invocation.terms().lane())
                    .started(nowMillis - invocation.offeredAtMillis());
            callUnlessEnded(invocation);
        }
    }

    /** An earlier run may have ended the request without a call, or after failed ones. */
    private void callUnlessEnded(Invocation invocation) {
        if (!caller.mayBeKnown(invocation)) {
            caller.call(invocation, new Place(invocation), item -> endCall(invocation, item));
            return;
        }
        writer.standing(
                invocation,
                standing ->
                        invocation.orBroken(
                                () -> {
                                    if (standing == null) {
                                        caller.call(
                                                invocation,
                                                new Place(invocation),
                                                item -> endCall(invocation, item));
                                    } else {
                                        notCalled(invocation);
                                        endCall(invocation, standing);
                                    }
                                }));
    }

    /** Makes another attempt of a call that has waited for it. */
    private void goOn(Invocation invocation, Runnable nextAttempt, long nowMillis) {
        if (closed || invocation.isConcluded()) {
            notMade(invocation, nowMillis);
        } else if (invocation.facts().deadlineAtMillis() <= nowMillis) {
            notMade(invocation, nowMillis);
            passDeadline(invocation);
        } else {
            nextAttempt.run();
        }
    }

    private void notCalled(Invocation invocation) {
        scheduler.attemptEnded(invocation, AttemptVerdict.NOT_MADE, clock.millis());
    }

    private void notMade(Invocation invocation, long nowMillis) {
        notCalled(invocation);
        scheduler.ended(invocation, nowMillis);
    }

    /**
     * A call keeps its place until its result is stored, so that models are not called faster than
     * answers can be kept.
     */
    private void endCall(Invocation invocation, ResultItem item) {
        if (invocation.conclude()) {
            writer.write(invocation, item, () -> release(invocation));
        } else {
            release(invocation);
        }
    }

    private void release(Invocation invocation) {
        scheduler.ended(invocation, clock.millis());
        pump();
    }

    /** For the next deadline, or for what may start although nothing but time has passed. */
    private void setAlarm() {
        alarm.setFor(
                Math.min(
                        scheduler.nextDeadlineMillis(), scheduler.nextStartMillis(clock.millis())));
    }

    private void onAlarm() {
        scheduler.expired(clock.millis()).forEach(this::passDeadline);
        pump();
    }

    private void cancel(Invocation invocation, Runnable afterwards) {
        waiting.remove(invocation.id(), invocation);
        if (invocation.conclude()) {
            metrics.withdrawn();
            endUncalled(invocation, now -> results.cancelled(invocation, now), afterwards);
        } else {
            afterwards.run();
        }
    }

    private void shed(Invocation invocation) {
        metrics.lane(invocation.terms().lane()).shed();
        fail(invocation, Names.LANE_FULL);
    }

    private void passDeadline(Invocation invocation) {
        metrics.lane(invocation.terms().lane()).deadlinePassed();
        fail(invocation, Names.DEADLINE);
    }

    private void fail(Invocation invocation, String reason) {
        waiting.remove(invocation.id(), invocation);
        if (invocation.conclude()) {
            endUncalled(invocation, now -> results.failed(invocation, reason, now), () -> {});
        }
    }

    /**
     * Ends a request that this run made no call for: by the answer that an earlier run paid for, if
     * there is one.
     */
    private void endUncalled(
            Invocation invocation, LongFunction<ResultItem> otherwise, Runnable afterwards) {
        if (!caller.mayBeKnown(invocation)) {
            writer.write(invocation, otherwise.apply(clock.millis()), afterwards);
            return;
        }
        caller.recall(
                invocation,
                answered ->
                        writer.write(
                                invocation,
                                answered == null
                                        ? otherwise.apply(clock.millis())
                                        : results.succeeded(invocation, answered),
                                afterwards));
    }

    /** Where a call runs. */
    private final class Place implements AttemptPlace {
        private final Invocation invocation;

        private Place(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public void attemptEnded(AttemptVerdict end) {
            scheduler.attemptEnded(invocation, end, clock.millis());
            pump();
        }

        @Override
        public @Nullable String target() {
            return scheduler.placeOf(invocation);
        }

        @Override
        public void again(List<String> targets, long delayMillis, Runnable next) {
            long nowMillis = clock.millis();
            invocation.waitsFor(next);
            targets.forEach(metrics.targets()::seen);
            scheduler.again(invocation, targets, nowMillis + delayMillis, nowMillis);
            pump();
        }
    }
}
