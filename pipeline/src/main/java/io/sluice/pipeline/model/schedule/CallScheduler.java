package io.sluice.pipeline.model.schedule;

import io.sluice.contract.TargetQuota;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides which waiting call runs next, in two lanes: between targets by {@link LanePick}, between
 * tenants by {@link FairTurns}, within a tenant high before normal with aging; at most so many at
 * once per tenant and lane, and as many at a target as its {@link TargetCapacity} bears. Holds what
 * the lanes' {@link WaitingRoom}s have room for.
 *
 * <p>Pure: time is an argument, epoch milliseconds. Thread-safe: every method holds the one lock
 * for a time logarithmic in what waits (and linear in the targets, which are few). Each accepted
 * call leaves exactly once: by {@link #next}, {@link #expired} or {@link #withdraw}, or because
 * {@link #offer} names it; what {@code next} gave out must be given back with {@link #ended}, or
 * waits again with {@link #again}.
 *
 * @param <C> what is scheduled; a key of hash tables
 */
public final class CallScheduler<C> {
    private final long agingMillis;
    private final Lanes<C> lanes;
    private final Tenants<C> tenants = new Tenants<>();
    private final Map<C, ScheduledCall<C>> calls = new HashMap<>();
    private final CallTimes<C> times = new CallTimes<>();
    private long nextOrder;

    /** A scheduler whose targets may be called at any time. */
    public CallScheduler(
            LaneBounds interactive,
            LaneBounds bulk,
            long agingMillis,
            Function<String, TargetCapacity> capacity) {
        this(interactive, bulk, agingMillis, capacity, TargetHealth.ALL_CALLABLE);
    }

    /**
     * A scheduler of two lanes.
     *
     * @param agingMillis after which a normal call counts as high
     * @param capacity of a target that was not seen before, by its key
     * @param health whether a target may be called, by its key; a call none of whose targets may be
     *     called starts without a place, so that it learns of it
     */
    public CallScheduler(
            LaneBounds interactive,
            LaneBounds bulk,
            long agingMillis,
            Function<String, TargetCapacity> capacity,
            TargetHealth health) {
        this.agingMillis = agingMillis;
        this.lanes = new Lanes<>(interactive, bulk, capacity, health);
    }

    /**
     * Takes a call in and gives the calls that find no room for it: none, others that had waited,
     * or the call itself. A call that could run at once always has room.
     */
    public synchronized List<C> offer(C call, CallTerms terms, long nowMillis) {
        TenantLine<C> line = tenants.lineOf(terms, lanes.state(terms.lane()));
        long rankMillis = terms.rankMillis(nowMillis, agingMillis);
        ScheduledCall<C> scheduled =
                new ScheduledCall<>(call, line, terms, rankMillis, nextOrder++);
        scheduled.goes(lanes.way(terms.lane(), terms.targets()));
        boolean atOnce = lanes.pick(terms.lane()).wouldStart(scheduled, nowMillis);
        calls.put(call, scheduled);
        times.waits(scheduled);
        scheduled.enter();
        List<ScheduledCall<C>> gone = takeIn(scheduled, atOnce);
        gone.forEach(other -> forget(other, nowMillis));
        refresh(scheduled, nowMillis);
        return callsOf(gone);
    }

    /** A policy says what a target may take; see {@link TargetCapacity#declare}. */
    public synchronized void declare(
            String target, String name, TargetQuota quota, long nowMillis) {
        lanes.capacity(target).declare(name, quota, nowMillis);
    }

    /** The call to start now; null if none may. It counts as running until it ended. */
    public synchronized @Nullable C next(long nowMillis) {
        wakeRested(nowMillis);
        TargetLine<C> line = lanes.first(nowMillis);
        return line == null ? null : start(line, nowMillis);
    }

    /**
     * Key of the target that a running call, whose attempt has not ended, may be made at; null if
     * none of its targets may be called.
     */
    public synchronized @Nullable String placeOf(C call) {
        return running(call).placeKey();
    }

    /**
     * The attempt that a running call makes has ended: its target has room for another call and
     * learns. The call goes on running.
     */
    public synchronized void attemptEnded(C call, AttemptVerdict end, long nowMillis) {
        running(call).attemptEnded(end, nowMillis);
    }

    /**
     * A running call, whose attempt has ended, waits for another one. It keeps its order among its
     * tenant's calls, and always has room.
     *
     * @param targets keys of where it may be called, first to be tried first
     * @param notBeforeMillis before which it does not run
     */
    public synchronized void again(
            C call, List<String> targets, long notBeforeMillis, long nowMillis) {
        ScheduledCall<C> scheduled = running(call);
        scheduled.stop(nowMillis);
        scheduled.goes(lanes.way(scheduled.terms.lane(), targets));
        scheduled.restsUntilMillis = notBeforeMillis;
        times.waits(scheduled);
        scheduled.line.lane.room.add(scheduled);
        if (notBeforeMillis > nowMillis) {
            times.rests(scheduled);
        } else {
            scheduled.enter();
        }
        refresh(scheduled, nowMillis);
    }

    /** A call that {@link #next} gave out is over. */
    public synchronized void ended(C call, long nowMillis) {
        ScheduledCall<C> scheduled = running(call);
        calls.remove(call);
        scheduled.stop(nowMillis);
        refresh(scheduled, nowMillis);
    }

    /** Takes a call out; false if it does not wait here. */
    public synchronized boolean withdraw(C call, long nowMillis) {
        ScheduledCall<C> scheduled = calls.get(call);
        if (scheduled == null || scheduled.isRunning()) {
            return false;
        }
        putOut(scheduled, nowMillis);
        return true;
    }

    /** Takes out the waiting calls whose deadline is at or before now, earliest first. */
    public synchronized List<C> expired(long nowMillis) {
        List<ScheduledCall<C>> late = new ArrayList<>();
        for (ScheduledCall<C> first = times.late(nowMillis);
                first != null;
                first = times.late(nowMillis)) {
            putOut(first, nowMillis);
            late.add(first);
        }
        return callsOf(late);
    }

    /** The earliest deadline of a waiting call; {@code Long.MAX_VALUE} if none waits. */
    public synchronized long nextDeadlineMillis() {
        return times.nextDeadlineMillis();
    }

    /**
     * When {@link #next} may give out a call although nothing but time has passed: a target has
     * rested, or a minute of its quota is over. {@code Long.MAX_VALUE} if time changes nothing.
     */
    public synchronized long nextStartMillis(long nowMillis) {
        return Math.min(times.nextRestedMillis(), lanes.nextChangeMillis(nowMillis));
    }

    /** Calls of a lane that wait, those that rest included. */
    public synchronized int waiting(Lane lane) {
        return lanes.state(lane).room.calls();
    }

    /** What they take while they wait, bytes. */
    public synchronized long waitingBytes(Lane lane) {
        return lanes.state(lane).room.bytes();
    }

    /** Calls of a lane that run. */
    public synchronized int running(Lane lane) {
        return lanes.state(lane).running();
    }

    /** What they take while they run, bytes. */
    public synchronized long runningBytes(Lane lane) {
        return lanes.state(lane).runningBytes();
    }

    /** Calls of both lanes that would be made at a target first, and may run otherwise. */
    public synchronized int waitingFor(String target) {
        return lanes.waitingFor(target);
    }

    /** A figure of a target; what an unused one would have if the target was never seen. */
    public synchronized <T> T of(String target, Function<TargetCapacity, T> figure) {
        return figure.apply(lanes.capacity(target));
    }

    /** Gives who finds no room. */
    private List<ScheduledCall<C>> takeIn(ScheduledCall<C> newcomer, boolean atOnce) {
        WaitingRoom<C> room = newcomer.line.lane.room;
        if (atOnce) {
            room.add(newcomer);
            return List.of();
        }
        return room.admit(newcomer);
    }

    private C start(TargetLine<C> line, long nowMillis) {
        ScheduledCall<C> head = line.head();
        line.target.turns.served(line);
        head.leave();
        head.line.lane.room.remove(head);
        times.forget(head);
        head.start(line.target, nowMillis);
        refresh(head, nowMillis);
        return head.call;
    }

    private ScheduledCall<C> running(C call) {
        ScheduledCall<C> scheduled = calls.get(call);
        if (scheduled == null || !scheduled.isRunning()) {
            throw new IllegalStateException("not running: " + call);
        }
        return scheduled;
    }

    private void wakeRested(long nowMillis) {
        for (ScheduledCall<C> rested = times.rested(nowMillis);
                rested != null;
                rested = times.rested(nowMillis)) {
            rested.enter();
            refresh(rested, nowMillis);
        }
    }

    /** A call that waits has to go. */
    private void putOut(ScheduledCall<C> scheduled, long nowMillis) {
        scheduled.line.lane.room.remove(scheduled);
        forget(scheduled, nowMillis);
    }

    /** A call has left its room without running. */
    private void forget(ScheduledCall<C> scheduled, long nowMillis) {
        calls.remove(scheduled.call);
        times.forget(scheduled);
        scheduled.leave();
        refresh(scheduled, nowMillis);
    }

    private void refresh(ScheduledCall<C> changed, long nowMillis) {
        tenants.refresh(changed.line.tenant, nowMillis);
    }

    private static <C> List<C> callsOf(List<ScheduledCall<C>> scheduled) {
        List<C> calls = new ArrayList<>();
        scheduled.forEach(one -> calls.add(one.call));
        return calls;
    }
}
