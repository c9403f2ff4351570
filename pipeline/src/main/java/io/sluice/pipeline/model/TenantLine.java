package io.sluice.pipeline.model;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The waiting calls of one tenant in one lane, in the order in which they will run. The lane's
 * {@link WaitingRoom} changes what waits, its {@link FairTurns} the place among other tenants.
 */
final class TenantLine<C> {
    final TenantCalls<C> tenant;
    final LaneState<C> lane;
    final TreeSet<ScheduledCall<C>> waiting = new TreeSet<>(ScheduledCall.byRank());

    /** Bytes of what waits. */
    long bytes;

    /** How much of the room it takes per weight, see {@link WaitingRoom}. */
    long load;

    /** Virtual time at which its next call is due, see {@link FairTurns}. */
    long tag;

    /** Its place in the turns; null while it has none. */
    @Nullable Turn<C> turn;

    TenantLine(TenantCalls<C> tenant, LaneState<C> lane) {
        this.tenant = tenant;
        this.lane = lane;
    }
}
