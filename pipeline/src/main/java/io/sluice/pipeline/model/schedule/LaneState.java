package io.sluice.pipeline.model.schedule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One lane of one subtask: its bounds, who waits in it and for which target, what runs. */
final class LaneState<C> {
    final Lane lane;
    final LaneBounds bounds;
    final WaitingRoom<C> room;
    private final int headStartCalls;
    private final Map<String, LaneTarget<C>> targets = new HashMap<>();
    private final Map<String, List<LaneTarget<C>>> byPlace = new HashMap<>();
    private int running;
    private long runningBytes;

    /**
     * A lane with nothing in it.
     *
     * @param headStartCalls see {@link FairTurns}
     */
    LaneState(Lane lane, LaneBounds bounds, int headStartCalls) {
        this.lane = lane;
        this.bounds = bounds;
        this.headStartCalls = headStartCalls;
        this.room = new WaitingRoom<>(bounds.waitingCalls(), bounds.waitingBytes());
    }

    /** The queues of a call that may be made at those places, first to be tried first. */
    List<LaneTarget<C>> way(List<String> places, TargetCapacities capacities) {
        List<LaneTarget<C>> way = new ArrayList<>();
        LaneTarget<C> before = null;
        for (String place : places) {
            before = target(before, place, capacities.of(place));
            way.add(before);
        }
        way.add(target(before, null, null));
        return way;
    }

    private LaneTarget<C> target(
            @Nullable LaneTarget<C> before,
            @Nullable String place,
            @Nullable TargetCapacity capacity) {
        String key = (before == null ? "" : before.key + ">") + (place == null ? "" : place);
        LaneTarget<C> known = targets.get(key);
        if (known != null) {
            return known;
        }
        LaneTarget<C> target = new LaneTarget<>(key, place, capacity, before, headStartCalls);
        targets.put(key, target);
        if (place != null) {
            byPlace.computeIfAbsent(place, name -> new ArrayList<>()).add(target);
        }
        return target;
    }

    /** All queues of calls that may be made there. */
    List<LaneTarget<C>> targetsAt(String place) {
        return byPlace.getOrDefault(place, List.of());
    }

    Collection<LaneTarget<C>> targets() {
        return targets.values();
    }

    /** Calls that would be made at that target first, and do not rest. */
    int waitingFor(String key) {
        LaneTarget<C> target = targets.get(key);
        return target == null ? 0 : target.waiting;
    }

    boolean hasPlace() {
        return running < bounds.runningCalls();
    }

    /** Whether the call may run beside those that do; one that is too large runs alone. */
    boolean fits(CallTerms terms) {
        return hasPlace()
                && (running == 0 || runningBytes + terms.bytes() <= bounds.runningBytes());
    }

    void started(CallTerms terms) {
        running++;
        runningBytes += terms.bytes();
    }

    void ended(CallTerms terms) {
        running--;
        runningBytes -= terms.bytes();
    }

    int running() {
        return running;
    }

    long runningBytes() {
        return runningBytes;
    }
}
