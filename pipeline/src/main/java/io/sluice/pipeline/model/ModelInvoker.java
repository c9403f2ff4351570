package io.sluice.pipeline.model;

import io.sluice.pipeline.enforce.AdmittedRequest;
import io.sluice.pipeline.model.schedule.CallScheduler;
import java.time.Duration;
import java.util.Map;

/**
 * Takes admitted requests to their end: scheduled, called, priced, stored. Every request ends in
 * exactly one stored result, or in a failure that stops the job and so keeps the request. What
 * comes in and what is withdrawn is decided here; {@link CallStarts} starts what waits, and {@link
 * InvocationEnds} ends it.
 *
 * <p>Thread-safe and never blocking: runs on whichever thread an answer or alarm arrives.
 */
final class ModelInvoker implements AutoCloseable {
    /** Ample for an operator to hand over all it has restored, which it does at a stretch. */
    private static final long RESTORE_PAUSE_MILLIS = 500;

    private final ModelCaller caller;
    private final CallScheduler<Invocation> scheduler;
    private final ResultWriter writer;
    private final InvokerClock clock;
    private final InvokeMetrics metrics;
    private final WithdrawableCalls withdrawable = new WithdrawableCalls();
    private final RestoredOrders restored;
    private final InvocationEnds ends;
    private final CallStarts starts;

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
        this.scheduler = scheduler;
        this.writer = writer;
        this.clock = clock;
        this.metrics = metrics;
        this.restored = new RestoredOrders(restoring);
        this.ends = new InvocationEnds(caller, results, writer, withdrawable, clock, metrics);
        this.starts = new CallStarts(caller, scheduler, ends, withdrawable, clock, metrics);
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
            ends.cancel(invocation, afterWithdrawal);
            return invocation;
        }
        withdrawable.add(invocation);
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
        Invocation invocation = withdrawable.withdraw(id);
        if (invocation != null) {
            scheduler.withdraw(invocation, clock.millis());
            ends.cancel(invocation, afterwards);
            starts.pump();
        } else if (!restored.hold(id, afterwards)) {
            afterwards.run();
        }
    }

    /** All orders of an earlier run have come. */
    void restored() {
        release();
        restored.releaseWithdrawals().forEach(Runnable::run);
    }

    /** Ends a request that took too long, see {@link InvocationEnds#giveUp}. */
    void giveUp(Invocation invocation) {
        scheduler.withdraw(invocation, clock.millis());
        ends.giveUp(invocation);
        starts.pump();
    }

    /** Starts no call any more, and waits at most so long for the answers of those under way. */
    void stop(Duration atMost) {
        starts.close();
        caller.stop(atMost);
    }

    @Override
    public void close() {
        starts.close();
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
            ends.passDeadline(invocation);
        } else {
            String name = invocation.facts().model();
            caller.quotas(
                    invocation.admitted(),
                    (place, quota) -> scheduler.declare(place, name, quota, nowMillis));
            invocation.terms().targets().forEach(metrics.targets()::seen);
            scheduler.offer(invocation, invocation.terms(), nowMillis).forEach(ends::shed);
            starts.pump();
        }
    }
}
