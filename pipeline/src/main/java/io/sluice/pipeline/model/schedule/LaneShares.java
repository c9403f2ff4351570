package io.sluice.pipeline.model.schedule;

/**
 * How the lanes share what a target bears, be it places, tokens or requests a minute. Interactive
 * work goes first and may take everything that bulk work does not use; bulk work that waits is sure
 * of a small part. Bulk work, which may hold what it has for long, never takes more than a stated
 * part, and only the small one while interactive work waits. Pure, immutable.
 *
 * <p>An amount that is larger than a lane's whole part counts as that part, so that it can run at
 * all.
 */
final class LaneShares {
    private final int bulkLeastPercent;
    private final int bulkMostPercent;

    /**
     * Shares of bulk work, 1 ≤ least ≤ most ≤ 99.
     *
     * @param bulkLeastPercent of the limit, kept for bulk work that waits
     * @param bulkMostPercent of the limit, which bulk work does not exceed
     */
    LaneShares(int bulkLeastPercent, int bulkMostPercent) {
        if (bulkLeastPercent < 1 || bulkMostPercent < bulkLeastPercent || bulkMostPercent > 99) {
            throw new IllegalArgumentException(
                    "properties Invoke/target.bulk.least.percent and target.bulk.most.percent: seen "
                            + bulkLeastPercent
                            + " and "
                            + bulkMostPercent
                            + ", expected 1 <= least <= most <= 99");
        }
        this.bulkLeastPercent = bulkLeastPercent;
        this.bulkMostPercent = bulkMostPercent;
    }

    /**
     * Whether the lane may take that amount now.
     *
     * @param limit what there is
     * @param interactive what interactive work uses of it
     * @param bulk what bulk work uses of it
     * @param otherWants what the first waiting call of the other lane would take; 0 if none waits
     */
    boolean admits(
            Lane lane, long amount, long limit, long interactive, long bulk, long otherWants) {
        if (lane == Lane.INTERACTIVE) {
            long kept = otherWants == 0 ? 0 : sure(otherWants, limit);
            long counted = Math.max(1, Math.min(amount, limit - kept));
            return interactive + Math.max(bulk, kept) + counted <= limit;
        }
        long most = otherWants == 0 ? most(limit) : sure(amount, limit);
        long counted = Math.min(amount, most(limit));
        return bulk + counted <= most && interactive + bulk + counted <= limit;
    }

    /** What bulk work that waits with such a call is sure of. */
    private long sure(long amount, long limit) {
        return Math.min(most(limit), Math.max(limit * bulkLeastPercent / 100, amount));
    }

    private long most(long limit) {
        return Math.max(1, limit * bulkMostPercent / 100);
    }
}
