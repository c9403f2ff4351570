package io.sluice.pipeline.model.schedule;

import org.jspecify.annotations.Nullable;

/**
 * One queue of one lane: calls that may start at one target, and whose turn it is. A call stands in
 * the queue of its first target, and for each further one in a queue of those who come to it by the
 * same way, which moves only while the queues before it do not. The last queue on its way has no
 * target: who is called from it learns that no target may be called.
 *
 * <p>Both lanes share a target's capacity.
 */
final class LaneTarget<C> {
    final String key;

    /** Key of the target; null at the end of a way. */
    final @Nullable String place;

    /** What the target bears; null at the end of a way. */
    final @Nullable TargetCapacity capacity;

    /** The queue that goes first; null at a first target. */
    final @Nullable LaneTarget<C> before;

    final FairTurns<C> turns;

    /** Calls that wait in it. */
    int waiting;

    /**
     * A queue in which nobody waits.
     *
     * @param headStartCalls see {@link FairTurns}
     */
    LaneTarget(
            String key,
            @Nullable String place,
            @Nullable TargetCapacity capacity,
            @Nullable LaneTarget<C> before,
            int headStartCalls) {
        this.key = key;
        this.place = place;
        this.capacity = capacity;
        this.before = before;
        this.turns = new FairTurns<>(headStartCalls);
    }
}
