package io.sluice.pipeline.model;

import io.sluice.pipeline.model.schedule.AttemptVerdict;
import io.sluice.pipeline.model.schedule.CallScheduler;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Starts what the scheduler gives out, for as long as it gives out anything, and wakes when time
 * alone lets another call start or its deadline pass. A call keeps its place until its result is
 * stored, so that models are not called faster than answers can be kept.
 *
 * <p>Thread-safe and never blocking: runs on whichever thread an answer or alarm arrives.
 */
final class CallStarts implements AutoCloseable {
    private final ModelCaller caller;
    private final CallScheduler<Invocation> scheduler;
    private final InvocationEnds ends;
    private final WithdrawableCalls withdrawable;
    private final InvokerClock clock;
    private final InvokeMetrics metrics;
    private final AtomicInteger pumping = new AtomicInteger();
    private final Alarm alarm;
    private volatile boolean closed;

    CallStarts(
            ModelCaller caller,
            CallScheduler<Invocation> scheduler,
            InvocationEnds ends,
            WithdrawableCalls withdrawable,
            InvokerClock clock,
            InvokeMetrics metrics) {
        this.caller = caller;
        this.scheduler = scheduler;
        this.ends = ends;
        this.withdrawable = withdrawable;
        this.clock = clock;
        this.metrics = metrics;
        this.alarm = new Alarm(clock, this::onAlarm);
    }

    /** Starts what may start; a call that ends at once does not recurse but goes round again. */
    void pump() {
        if (pumping.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        long lookedAtMillis;
        try {
            do {
                lookedAtMillis = startAll();
                seen = pumping.addAndGet(-seen);
            } while (seen != 0);
        } finally {
            if (seen != 0) {
                pumping.set(0); // it failed: whoever comes next may pump
            }
        }
        setAlarm(lookedAtMillis);
    }

    /** Starts nothing any more. */
    @Override
    public void close() {
        closed = true;
        alarm.close();
    }

    /** Gives the time at which nothing could start any more. */
    private long startAll() {
        long nowMillis = clock.millis();
        for (Invocation next = scheduler.next(nowMillis);
                next != null;
                next = scheduler.next(nowMillis)) {
            Invocation started = next;
            started.orBroken(() -> start(started));
            nowMillis = clock.millis();
        }
        return nowMillis;
    }

    /** Starts a call, or makes another attempt of one that has waited for it. */
    private void start(Invocation invocation) {
        long nowMillis = clock.millis();
        Runnable nextAttempt = invocation.nextAttempt();
        boolean withdrawn = nextAttempt == null && !withdrawable.start(invocation);
        if (withdrawn || closed || invocation.isConcluded()) {
            notMade(invocation, nowMillis);
        } else if (invocation.facts().deadlineAtMillis() <= nowMillis) {
            notMade(invocation, nowMillis);
            ends.passDeadline(invocation);
        } else if (nextAttempt != null) {
            nextAttempt.run();
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
            call(invocation);
            return;
        }
        ends.standing(
                invocation,
                standing -> {
                    if (standing == null) {
                        call(invocation);
                    } else {
                        attemptNotMade(invocation);
                        ends.called(invocation, standing, () -> release(invocation));
                    }
                });
    }

    private void call(Invocation invocation) {
        caller.call(
                invocation,
                new Place(invocation),
                item -> ends.called(invocation, item, () -> release(invocation)));
    }

    private void attemptNotMade(Invocation invocation) {
        scheduler.attemptEnded(invocation, AttemptVerdict.NOT_MADE, clock.millis());
    }

    private void notMade(Invocation invocation, long nowMillis) {
        attemptNotMade(invocation);
        scheduler.ended(invocation, nowMillis);
    }

    private void release(Invocation invocation) {
        scheduler.ended(invocation, clock.millis());
        pump();
    }

    /**
     * For the next deadline, or for what may start although nothing but time has passed since that
     * time: what may start only since then has not been looked for.
     */
    private void setAlarm(long lookedAtMillis) {
        alarm.setFor(
                Math.min(
                        scheduler.nextDeadlineMillis(), scheduler.nextStartMillis(lookedAtMillis)));
    }

    private void onAlarm() {
        scheduler.expired(clock.millis()).forEach(ends::passDeadline);
        pump();
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
