package io.sluice.pipeline.model;

import java.util.Comparator;

/** A call in the scheduler, from its offer to its end. */
final class ScheduledCall<C> {
    final C call;
    final TenantLine<C> line;
    final CallTerms terms;

    /**
     * When it counts as arrived, for its order among the calls of its tenant and lane: a high call
     * when it came, a normal one an aging later, a low one two. So a normal call is behind those
     * high ones alone that came before it or within an aging after it.
     */
    final long rankMillis;

    /** Number of its offer, which decides between equal ranks. */
    final long order;

    boolean running;

    ScheduledCall(C call, TenantLine<C> line, CallTerms terms, long rankMillis, long order) {
        this.call = call;
        this.line = line;
        this.terms = terms;
        this.rankMillis = rankMillis;
        this.order = order;
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
}
