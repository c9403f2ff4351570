package io.sluice.pipeline.model.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call in the scheduler, from its offer to its end, and what it takes up while it runs. */
final class ScheduledCall<C> {
    final C call;
    final TenantLine<C> line;
    final CallTerms terms;

    /**
     * When it counts as arrived, for its order among the calls of its tenant and lane: a high call
     * when it came, a normal one an aging later, a low one two. So a normal call is behind those
     * high ones alone that came before it or within an aging after it. It keeps that place when it
     * waits again.
     */
    final long rankMillis;

    /** Number of its offer, which decides between equal ranks. */
    final long order;

    /** Where it waits, or waited before it ran: first to be tried first. */
    List<TargetLine<C>> way = List.of();

    /** From where it started. */
    private @Nullable LaneTarget<C> from;

    private boolean running;

    /** Whether it ran before, so that it may have been tried already. */
    boolean ranBefore;

    /** What it holds of its target while an attempt is under way; else null. */
    private @Nullable TargetPlace place;

    /** Before which it does not run, epoch milliseconds. */
    long restsUntilMillis = Long.MIN_VALUE;

    ScheduledCall(C call, TenantLine<C> line, CallTerms terms, long rankMillis, long order) {
        this.call = call;
        this.line = line;
        this.terms = terms;
        this.rankMillis = rankMillis;
        this.order = order;
    }

    /** From now on it waits there; it waits nowhere yet. */
    void goes(List<LaneTarget<C>> queues) {
        List<TargetLine<C>> lines = new ArrayList<>();
        queues.forEach(queue -> lines.add(line.lineFor(queue)));
        way = lines;
    }

    /** Waits in all its queues. */
    void enter() {
        way.forEach(queue -> queue.add(this));
    }

    /** Waits in none of them. */
    void leave() {
        way.forEach(queue -> queue.remove(this));
    }

    boolean isRunning() {
        return running;
    }

    /** Runs from now on, from that queue, with an attempt under way. Its tenant has changed. */
    void start(LaneTarget<C> queue, long nowMillis) {
        running = true;
        ranBefore = true;
        line.lane.started(terms);
        line.running++;
        line.tenant.running++;
        from = queue;
        TargetCapacity capacity = queue.capacity;
        place = capacity == null ? null : capacity.start(line.lane.lane, terms.tokens(), nowMillis);
    }

    /** Key of the target that its attempt is made at; null if it is at none, or has ended. */
    @Nullable String placeKey() {
        LaneTarget<C> queue = from;
        return place == null || queue == null ? null : queue.place;
    }

    /** Its attempt has ended, if one was under way: the target has room again and learns. */
    void attemptEnded(AttemptVerdict end, long nowMillis) {
        TargetPlace held = place;
        TargetCapacity capacity = from == null ? null : from.capacity;
        if (held != null && capacity != null) {
            place = null;
            capacity.ended(held, end, nowMillis);
        }
    }

    /** Runs no more; an attempt without a verdict has failed. Its tenant has changed. */
    void stop(long nowMillis) {
        attemptEnded(AttemptVerdict.FAILED, nowMillis);
        running = false;
        line.lane.ended(terms);
        line.running--;
        line.tenant.running--;
    }

    /** First to run first. */
    static <C> Comparator<ScheduledCall<C>> byRank() {
        return Comparator.<ScheduledCall<C>>comparingLong(call -> call.rankMillis)
                .thenComparingLong(call -> call.order);
    }

    /** First to pass its deadline first. */
    static <C> Comparator<ScheduledCall<C>> byDeadline() {
        return Comparator.<ScheduledCall<C>>comparingLong(call -> call.terms.deadlineAtMillis())
                .thenComparingLong(call -> call.order);
    }

    /** First to have rested first. */
    static <C> Comparator<ScheduledCall<C>> byRest() {
        return Comparator.<ScheduledCall<C>>comparingLong(call -> call.restsUntilMillis)
                .thenComparingLong(call -> call.order);
    }
}
