package io.sluice.pipeline.model.schedule;

/**
 * The calls that both lanes have under way at one target, and which lane may start another. More
 * than one place is shared by {@link LaneShares}; a single one goes from lane to lane. Not
 * thread-safe.
 */
final class LanePlaces {
    private final LaneShares shares;
    private final int bulkTurn;
    private int interactive;
    private int bulk;
    private int interactiveInARow;

    /**
     * Places that nobody has taken.
     *
     * @param bulkTurn where there is a single place, every so many starts in a row of interactive
     *     calls are followed by one of a bulk call that waits
     */
    LanePlaces(LaneShares shares, int bulkTurn) {
        this.shares = shares;
        this.bulkTurn = bulkTurn;
    }

    /** Whether the lane may take one of so many places. */
    boolean admits(Lane lane, int places, boolean otherWaits) {
        if (places > 1) {
            return shares.admits(lane, 1, places, interactive, bulk, otherWaits ? 1 : 0);
        }
        boolean bulksTurn = interactiveInARow >= bulkTurn;
        return taken() == 0 && (!otherWaits || (lane == Lane.BULK) == bulksTurn);
    }

    void take(Lane lane) {
        interactiveInARow = lane == Lane.BULK ? 0 : interactiveInARow + 1;
        count(lane, 1);
    }

    void giveBack(Lane lane) {
        count(lane, -1);
    }

    int taken() {
        return interactive + bulk;
    }

    private void count(Lane lane, int change) {
        if (lane == Lane.BULK) {
            bulk += change;
        } else {
            interactive += change;
        }
    }
}
