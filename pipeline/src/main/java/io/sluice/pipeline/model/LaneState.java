package io.sluice.pipeline.model;

/** One lane of one subtask: its bounds, who waits in it, whose turn it is, how many run. */
final class LaneState<C> {
    final LaneBounds bounds;
    final WaitingRoom<C> room;
    final FairTurns<C> turns;
    int running;

    /**
     * A lane with nothing in it.
     *
     * @param headStartCalls see {@link FairTurns}
     */
    LaneState(LaneBounds bounds, int headStartCalls) {
        this.bounds = bounds;
        this.room = new WaitingRoom<>(bounds.waitingCalls(), bounds.waitingBytes());
        this.turns = new FairTurns<>(headStartCalls);
    }

    boolean hasPlace() {
        return running < bounds.runningCalls();
    }
}
