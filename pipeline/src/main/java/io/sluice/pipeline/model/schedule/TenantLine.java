package io.sluice.pipeline.model.schedule;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * The calls of one tenant in one lane. The lane's {@link WaitingRoom} changes what waits; what may
 * start is also in the {@link TargetLine} of its target.
 */
final class TenantLine<C> {
    final TenantCalls<C> tenant;
    final LaneState<C> lane;

    /** All that wait, whatever they wait for. */
    final TreeSet<ScheduledCall<C>> waiting = new TreeSet<>(ScheduledCall.byRank());

    private final Map<String, TargetLine<C>> targets = new HashMap<>();

    /** Bytes of what waits. */
    long bytes;

    /** How much of the room it takes per weight, see {@link WaitingRoom}. */
    long load;

    /** Calls that run. */
    int running;

    TenantLine(TenantCalls<C> tenant, LaneState<C> lane) {
        this.tenant = tenant;
        this.lane = lane;
    }

    /** Its line for that target, opened if it is not there. */
    TargetLine<C> lineFor(LaneTarget<C> target) {
        TargetLine<C> known = targets.get(target.key);
        if (known != null) {
            return known;
        }
        TargetLine<C> line = new TargetLine<>(this, target);
        target.turns.open(line);
        targets.put(target.key, line);
        return line;
    }

    Collection<TargetLine<C>> targetLines() {
        return targets.values();
    }
}
