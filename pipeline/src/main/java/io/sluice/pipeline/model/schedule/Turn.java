package io.sluice.pipeline.model.schedule;

import java.util.Comparator;

/** A tenant's place in the turns at a target, for the call at the head of its line. Immutable. */
final class Turn<C> {
    final TargetLine<C> line;

    /** Virtual time of the turn, the head start of an urgent call taken off. */
    final long key;

    /** The head's rank, epoch milliseconds: when it becomes urgent. */
    final long rankMillis;

    final boolean urgent;
    private final long order;

    Turn(TargetLine<C> line, long key, boolean urgent) {
        ScheduledCall<C> head = line.head();
        this.line = line;
        this.key = key;
        this.urgent = urgent;
        this.rankMillis = head.rankMillis;
        this.order = head.order;
    }

    /** Next to run first; between equals who has waited longest. */
    static <C> Comparator<Turn<C>> byKey() {
        return Comparator.<Turn<C>>comparingLong(turn -> turn.key).thenComparing(byRank());
    }

    /** First to become urgent first. */
    static <C> Comparator<Turn<C>> byRank() {
        return Comparator.<Turn<C>>comparingLong(turn -> turn.rankMillis)
                .thenComparingLong(turn -> turn.order);
    }
}
