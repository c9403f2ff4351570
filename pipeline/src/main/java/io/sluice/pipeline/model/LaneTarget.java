package io.sluice.pipeline.model;

/** One target as one lane sees it: whose turn it is there. Both lanes share its capacity. */
final class LaneTarget<C> {
    final String key;
    final TargetCapacity capacity;
    final FairTurns<C> turns;

    /** Calls that wait for it. */
    int waiting;

    /**
     * A target that nobody waits for.
     *
     * @param headStartCalls see {@link FairTurns}
     */
    LaneTarget(String key, TargetCapacity capacity, int headStartCalls) {
        this.key = key;
        this.capacity = capacity;
        this.turns = new FairTurns<>(headStartCalls);
    }
}
