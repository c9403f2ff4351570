package io.sluice.pipeline.model;

import io.sluice.contract.Priority;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides which waiting call runs next, in two lanes that share nothing but a tenant's own bound:
 * between tenants by {@link FairTurns}, within a tenant high before normal with aging; at most so
 * many at once per tenant and lane. Holds what the lanes' {@link WaitingRoom}s have room for.
 *
 * <p>Pure: time is an argument, epoch milliseconds. Thread-safe: every method holds the one lock
 * for a time logarithmic in what waits. Each accepted call leaves exactly once: by {@link #next},
 * {@link #expired} or {@link #withdraw}, or because {@link #offer} names it; what {@code next} gave
 * out must be given back with {@link #ended}.
 *
 * @param <C> what is scheduled; a key of hash tables
 */
final class CallScheduler<C> {
    /** Per weight: a burst of urgent calls goes through, and small beside the calls at once. */
    private static final int HEAD_START_CALLS = 16;

    private final long agingMillis;
    private final Map<Lane, LaneState<C>> lanes = new EnumMap<>(Lane.class);
    private final Map<String, TenantCalls<C>> tenants = new HashMap<>();
    private final Map<C, ScheduledCall<C>> calls = new HashMap<>();
    private final TreeSet<ScheduledCall<C>> byDeadline = new TreeSet<>(ScheduledCall.byDeadline());
    private long nextOrder;

    /**
     * A scheduler of two lanes.
     *
     * @param agingMillis after which a normal call counts as high
     */
    CallScheduler(LaneBounds interactive, LaneBounds bulk, long agingMillis) {
        this.agingMillis = agingMillis;
        lanes.put(Lane.INTERACTIVE, new LaneState<>(interactive, HEAD_START_CALLS));
        lanes.put(Lane.BULK, new LaneState<>(bulk, 0)); // all of one priority
    }

    /**
     * Takes a call in and gives the calls that find no room for it: none, others that had waited,
     * or the call itself. A call that could run at once always has room.
     */
    synchronized List<C> offer(C call, CallTerms terms, long nowMillis) {
        TenantLine<C> line = lineOf(terms);
        LaneState<C> lane = line.lane;
        TenantCalls<C> tenant = line.tenant;
        boolean runsAtOnce =
                lane.hasPlace()
                        && lane.turns.isEmpty()
                        && !tenant.isWaiting()
                        && tenant.running < tenant.maxConcurrent;
        long rankMillis = nowMillis + agings(terms.priority()) * agingMillis;
        ScheduledCall<C> scheduled =
                new ScheduledCall<>(call, line, terms, rankMillis, nextOrder++);
        calls.put(call, scheduled);
        byDeadline.add(scheduled);
        List<ScheduledCall<C>> gone = List.of();
        if (runsAtOnce) {
            lane.room.add(scheduled);
        } else {
            gone = lane.room.admit(scheduled);
        }
        gone.forEach(other -> forget(other, nowMillis));
        refresh(tenant, nowMillis);
        return callsOf(gone);
    }

    /** The call to start now; null if none may. It counts as running until it ended. */
    synchronized @Nullable C next(long nowMillis) {
        for (LaneState<C> lane : lanes.values()) {
            TenantLine<C> line = lane.hasPlace() ? lane.turns.first(nowMillis) : null;
            if (line != null) {
                return start(line, nowMillis);
            }
        }
        return null;
    }

    /** A call that {@link #next} gave out is over. */
    synchronized void ended(C call, long nowMillis) {
        ScheduledCall<C> scheduled = calls.get(call);
        if (scheduled == null || !scheduled.running) {
            throw new IllegalStateException("not running: " + call);
        }
        calls.remove(call);
        scheduled.line.lane.running--;
        scheduled.line.tenant.running--;
        refresh(scheduled.line.tenant, nowMillis);
    }

    /** Takes a call out; false if it does not wait here. */
    synchronized boolean withdraw(C call, long nowMillis) {
        ScheduledCall<C> scheduled = calls.get(call);
        if (scheduled == null || scheduled.running) {
            return false;
        }
        scheduled.line.lane.room.remove(scheduled);
        forget(scheduled, nowMillis);
        return true;
    }

    /** Takes out the waiting calls whose deadline is at or before now, earliest first. */
    synchronized List<C> expired(long nowMillis) {
        List<ScheduledCall<C>> late = new ArrayList<>();
        while (nextDeadlineMillis() <= nowMillis) {
            ScheduledCall<C> first = byDeadline.first();
            first.line.lane.room.remove(first);
            forget(first, nowMillis);
            late.add(first);
        }
        return callsOf(late);
    }

    /** The earliest deadline of a waiting call; {@code Long.MAX_VALUE} if none waits. */
    synchronized long nextDeadlineMillis() {
        return byDeadline.isEmpty() ? Long.MAX_VALUE : byDeadline.first().terms.deadlineAtMillis();
    }

    synchronized int waiting(Lane lane) {
        return state(lane).room.calls();
    }

    synchronized long waitingBytes(Lane lane) {
        return state(lane).room.bytes();
    }

    synchronized int running(Lane lane) {
        return state(lane).running;
    }

    private static int agings(Priority priority) {
        switch (priority) {
            case HIGH:
                return 0;
            case NORMAL:
                return 1;
            default:
                return 2;
        }
    }

    private C start(TenantLine<C> line, long nowMillis) {
        ScheduledCall<C> head = line.waiting.first();
        line.lane.turns.served(line);
        line.lane.room.remove(head);
        byDeadline.remove(head);
        head.running = true;
        line.lane.running++;
        line.tenant.running++;
        refresh(line.tenant, nowMillis);
        return head.call;
    }

    private TenantLine<C> lineOf(CallTerms terms) {
        TenantCalls<C> tenant = tenants.computeIfAbsent(terms.tenantId(), TenantCalls::new);
        tenant.maxConcurrent = terms.maxConcurrent();
        if (tenant.weight != terms.weight()) {
            tenant.weight = terms.weight();
            tenant.lines().forEach(line -> line.lane.room.weigh(line));
        }
        return tenant.lines.computeIfAbsent(terms.lane(), lane -> opened(tenant, state(lane)));
    }

    private static <C> TenantLine<C> opened(TenantCalls<C> tenant, LaneState<C> lane) {
        TenantLine<C> line = new TenantLine<>(tenant, lane);
        lane.turns.open(line);
        return line;
    }

    /** A call has left its room without running. */
    private void forget(ScheduledCall<C> scheduled, long nowMillis) {
        calls.remove(scheduled.call);
        byDeadline.remove(scheduled);
        refresh(scheduled.line.tenant, nowMillis);
    }

    /** Something of that tenant has changed. */
    private void refresh(TenantCalls<C> tenant, long nowMillis) {
        for (TenantLine<C> line : tenant.lines()) {
            line.lane.turns.update(line, tenant.mayStart(line), nowMillis);
        }
        if (tenant.running == 0 && !tenant.isWaiting() && tenants.remove(tenant.id, tenant)) {
            tenant.lines().forEach(line -> line.lane.turns.close(line));
        }
    }

    private LaneState<C> state(Lane lane) {
        LaneState<C> state = lanes.get(lane);
        if (state == null) {
            throw new IllegalStateException("no lane " + lane);
        }
        return state;
    }

    private static <C> List<C> callsOf(List<ScheduledCall<C>> scheduled) {
        List<C> calls = new ArrayList<>();
        scheduled.forEach(one -> calls.add(one.call));
        return calls;
    }
}
