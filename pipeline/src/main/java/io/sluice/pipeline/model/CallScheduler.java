package io.sluice.pipeline.model;

import io.sluice.contract.Priority;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides which waiting call runs next: urgent before normal before bulk, fairly in turn between
 * tenants, in order of arrival within a tenant and priority; at most so many at once per tenant and
 * in all. Holds a bounded number of waiting calls and bytes and refuses what is more.
 *
 * <p>Pure: time is an argument. Thread-safe: every method holds the one lock for a short time. Each
 * accepted call leaves exactly once, through {@link #next} or through {@link #expired}; what {@code
 * next} gave out must be given back with {@link #ended}.
 *
 * @param <C> what is scheduled; compared by identity
 */
final class CallScheduler<C> {
    private final int maxRunning;
    private final int maxWaiting;
    private final long maxWaitingBytes;
    private final Map<Priority, ArrayDeque<Line<C>>> turns = new EnumMap<>(Priority.class);
    private final Map<String, Tenant<C>> tenants = new HashMap<>();
    private final TreeSet<Ticket<C>> byDeadline =
            new TreeSet<>(
                    Comparator.<Ticket<C>>comparingLong(t -> t.deadlineAtMillis)
                            .thenComparingLong(t -> t.order));
    private long nextOrder;
    private long waitingBytes;
    private int running;

    /**
     * @param maxRunning calls at once
     * @param maxWaiting waiting calls
     * @param maxWaitingBytes bytes of waiting calls together
     */
    CallScheduler(int maxRunning, int maxWaiting, long maxWaitingBytes) {
        this.maxRunning = maxRunning;
        this.maxWaiting = maxWaiting;
        this.maxWaitingBytes = maxWaitingBytes;
        for (Priority priority : Priority.values()) {
            turns.put(priority, new ArrayDeque<>());
        }
    }

    /**
     * Accepts a call, or refuses it because there is no room. A call that could run at once always
     * has room.
     *
     * @param maxConcurrent the tenant's calls at once; the newest call's figure is in force
     */
    synchronized boolean offer(
            C call,
            String tenantId,
            Priority priority,
            int maxConcurrent,
            long bytes,
            long deadlineAtMillis) {
        Tenant<C> tenant = tenants.get(tenantId);
        boolean runsAtOnce =
                running < maxRunning
                        && (tenant == null
                                || (tenant.waiting == 0 && tenant.running < maxConcurrent));
        boolean full = byDeadline.size() >= maxWaiting || waitingBytes + bytes > maxWaitingBytes;
        if (full && !runsAtOnce) {
            return false;
        }
        Tenant<C> owner = tenants.computeIfAbsent(tenantId, Tenant::new);
        owner.maxConcurrent = Math.max(1, maxConcurrent);
        Line<C> line = owner.line(priority);
        Ticket<C> ticket = new Ticket<>(call, line, bytes, deadlineAtMillis, nextOrder++);
        line.tickets.add(ticket);
        owner.waiting++;
        waitingBytes += bytes;
        byDeadline.add(ticket);
        takeTurn(line);
        return true;
    }

    /** The call to start now; null if none may. It counts as running until it ended. */
    synchronized @Nullable C next() {
        if (running >= maxRunning) {
            return null;
        }
        for (Priority priority : Priority.values()) {
            C call = nextOf(turns(priority));
            if (call != null) {
                running++;
                return call;
            }
        }
        return null;
    }

    /** A call that {@link #next} gave out for that tenant is over. */
    synchronized void ended(String tenantId) {
        Tenant<C> tenant = tenants.get(tenantId);
        if (tenant == null || tenant.running == 0) {
            throw new IllegalStateException("no call of " + tenantId + " is running");
        }
        running--;
        tenant.running--;
        tenant.lines.values().forEach(this::takeTurn);
        forgetIfIdle(tenant);
    }

    /** Takes out the waiting calls whose deadline is at or before that time, earliest first. */
    synchronized List<C> expired(long nowMillis) {
        List<C> late = new ArrayList<>();
        while (!byDeadline.isEmpty() && byDeadline.first().deadlineAtMillis <= nowMillis) {
            Ticket<C> ticket = byDeadline.first();
            ticket.line.tickets.removeFirstOccurrence(ticket);
            left(ticket);
            if (ticket.line.tickets.isEmpty() && ticket.line.hasTurn) {
                ticket.line.hasTurn = false;
                turns(ticket.line.priority).remove(ticket.line);
            }
            forgetIfIdle(ticket.line.tenant);
            late.add(ticket.call);
        }
        return late;
    }

    /** The earliest deadline of a waiting call; {@code Long.MAX_VALUE} if none waits. */
    synchronized long nextDeadlineMillis() {
        return byDeadline.isEmpty() ? Long.MAX_VALUE : byDeadline.first().deadlineAtMillis;
    }

    synchronized int waiting() {
        return byDeadline.size();
    }

    synchronized long waitingBytes() {
        return waitingBytes;
    }

    synchronized int running() {
        return running;
    }

    private ArrayDeque<Line<C>> turns(Priority priority) {
        return turns.computeIfAbsent(priority, p -> new ArrayDeque<>());
    }

    /** Each line in a turn has calls; one whose tenant is busy steps out until it is not. */
    private @Nullable C nextOf(ArrayDeque<Line<C>> turn) {
        for (Line<C> line = turn.poll(); line != null; line = turn.poll()) {
            line.hasTurn = false;
            Ticket<C> ticket = line.tickets.peek();
            if (ticket != null && line.tenant.running < line.tenant.maxConcurrent) {
                line.tickets.remove();
                left(ticket);
                line.tenant.running++;
                takeTurn(line);
                return ticket.call;
            }
        }
        return null;
    }

    private void takeTurn(Line<C> line) {
        boolean busy = line.tenant.running >= line.tenant.maxConcurrent;
        if (!line.hasTurn && !busy && !line.tickets.isEmpty()) {
            line.hasTurn = true;
            turns(line.priority).add(line);
        }
    }

    private void left(Ticket<C> ticket) {
        byDeadline.remove(ticket);
        waitingBytes -= ticket.bytes;
        ticket.line.tenant.waiting--;
    }

    private void forgetIfIdle(Tenant<C> tenant) {
        if (tenant.running == 0 && tenant.waiting == 0) {
            tenants.remove(tenant.id, tenant);
        }
    }

    /** A tenant with calls running or waiting. */
    private static final class Tenant<C> {
        private final String id;
        private final Map<Priority, Line<C>> lines = new EnumMap<>(Priority.class);
        private int maxConcurrent;
        private int running;
        private int waiting;

        private Tenant(String id) {
            this.id = id;
        }

        private Line<C> line(Priority priority) {
            return lines.computeIfAbsent(priority, p -> new Line<>(this, p));
        }
    }

    /** The waiting calls of one tenant and priority. */
    private static final class Line<C> {
        private final Tenant<C> tenant;
        private final Priority priority;
        private final ArrayDeque<Ticket<C>> tickets = new ArrayDeque<>();
        private boolean hasTurn;

        private Line(Tenant<C> tenant, Priority priority) {
            this.tenant = tenant;
            this.priority = priority;
        }
    }

    /** One waiting call. */
    private static final class Ticket<C> {
        private final C call;
        private final Line<C> line;
        private final long bytes;
        private final long deadlineAtMillis;
        private final long order;

        private Ticket(C call, Line<C> line, long bytes, long deadlineAtMillis, long order) {
            this.call = call;
            this.line = line;
            this.bytes = bytes;
            this.deadlineAtMillis = deadlineAtMillis;
            this.order = order;
        }
    }
}
