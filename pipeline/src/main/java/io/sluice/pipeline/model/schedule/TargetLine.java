package io.sluice.pipeline.model.schedule;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one tenant in one lane that may start at one target as soon as it is their turn, in
 * the order in which they will. The target's {@link FairTurns} changes the place among other
 * tenants.
 */
final class TargetLine<C> {
    final TenantLine<C> line;
    final TenantCalls<C> tenant;
    final LaneTarget<C> target;
    private final TreeSet<ScheduledCall<C>> waiting = new TreeSet<>(ScheduledCall.byRank());

    /** Virtual time at which its next call is due, see {@link FairTurns}. */
    long tag;

    /** Its place in the turns; null while it has none. */
    @Nullable Turn<C> turn;

    TargetLine(TenantLine<C> line, LaneTarget<C> target) {
        this.line = line;
        this.tenant = line.tenant;
        this.target = target;
    }

    void add(ScheduledCall<C> call) {
        if (waiting.add(call)) {
            target.waiting++;
        }
    }

    void remove(ScheduledCall<C> call) {
        if (waiting.remove(call)) {
            target.waiting--;
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The next to run; there is one. */
    ScheduledCall<C> head() {
        return waiting.first();
    }
}
