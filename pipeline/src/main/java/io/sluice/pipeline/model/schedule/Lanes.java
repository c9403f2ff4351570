package io.sluice.pipeline.model.schedule;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Both lanes of one subtask and the targets that they share. Not thread-safe. */
final class Lanes<C> {
    /** Per weight: a burst of urgent calls goes through, and small beside the calls at once. */
    private static final int HEAD_START_CALLS = 16;

    private final LaneState<C> interactive;
    private final LaneState<C> bulk;
    private final LanePick<C> interactivePick;
    private final LanePick<C> bulkPick;
    private final TargetCapacities capacities;

    /**
     * Lanes with nothing in them.
     *
     * @param capacity of a target that was not seen before, by its key
     * @param health whether a target may be called, by its key
     */
    Lanes(
            LaneBounds interactiveBounds,
            LaneBounds bulkBounds,
            Function<String, TargetCapacity> capacity,
            TargetHealth health) {
        interactive = new LaneState<>(Lane.INTERACTIVE, interactiveBounds, HEAD_START_CALLS);
        bulk = new LaneState<>(Lane.BULK, bulkBounds, 0); // all of one priority
        interactivePick = new LanePick<>(interactive, bulk, health);
        bulkPick = new LanePick<>(bulk, interactive, health);
        capacities = new TargetCapacities(capacity);
    }

    LaneState<C> state(Lane lane) {
        return lane == Lane.BULK ? bulk : interactive;
    }

    LanePick<C> pick(Lane lane) {
        return lane == Lane.BULK ? bulkPick : interactivePick;
    }

    /** The queues of a call of that lane, see {@link LaneTarget}. */
    List<LaneTarget<C>> way(Lane lane, List<String> places) {
        return state(lane).way(places, capacities);
    }

    TargetCapacity capacity(String target) {
        return capacities.of(target);
    }

    /** The line whose head may start now, interactive before bulk; null if none may. */
    @Nullable TargetLine<C> first(long nowMillis) {
        TargetLine<C> first = interactivePick.first(nowMillis);
        return first == null ? bulkPick.first(nowMillis) : first;
    }

    /** When a target that somebody waits for may have room by time alone. */
    long nextChangeMillis(long nowMillis) {
        return Math.min(
                interactivePick.nextChangeMillis(nowMillis), bulkPick.nextChangeMillis(nowMillis));
    }

    /** Calls that would be made at that target first, and do not rest. */
    int waitingFor(String target) {
        return interactive.waitingFor(target) + bulk.waitingFor(target);
    }
}
