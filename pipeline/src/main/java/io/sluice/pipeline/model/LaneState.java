package io.sluice.pipeline.model;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One lane of one subtask: its bounds, who waits in it and for which target, what runs. */
final class LaneState<C> {
    final Lane lane;
    final LaneBounds bounds;
    final WaitingRoom<C> room;
    private final int headStartCalls;
    private final Map<String, LaneTarget<C>> targets = new HashMap<>();
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

    LaneTarget<C> target(String key, TargetCapacity capacity) {
        return targets.computeIfAbsent(
                key, name -> new LaneTarget<>(name, capacity, headStartCalls));
    }

    @Nullable LaneTarget<C> target(String key) {
        return targets.get(key);
    }

    Collection<LaneTarget<C>> targets() {
        return targets.values();
    }

    /** Calls that wait for that target and do not rest. */
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
