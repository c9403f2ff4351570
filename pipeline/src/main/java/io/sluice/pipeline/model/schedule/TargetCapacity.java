package io.sluice.pipeline.model.schedule;

import io.sluice.contract.TargetQuota;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What one target (a model at a region, say) bears of one subtask: an adaptive number of calls at
 * once, the provider's quota if it is known, and a {@link ThrottleRest} after each throttling.
 * Lanes share its {@link LanePlaces}.
 *
 * <p>Pure: time is an argument, epoch milliseconds. Not thread-safe.
 */
public final class TargetCapacity {
    private final ConcurrencyLimit limit;
    private final LanePlaces places;
    private final ThrottleRest rest = new ThrottleRest();
    private final @Nullable MinuteQuota quota;
    private final UnaryOperator<TargetQuota> inForce;
    private final DeclaredQuotas declared = new DeclaredQuotas();
    private @Nullable TargetQuota declaredNow;
    private int most = Integer.MAX_VALUE;
    private long throttled;

    /**
     * A target that nothing runs at.
     *
     * @param bulkTurn where there is a single place, every so many starts in a row of interactive
     *     calls are followed by one of a bulk call that waits
     * @param quota null if the provider's is not known
     */
    TargetCapacity(
            ConcurrencyLimit limit, LaneShares shares, int bulkTurn, @Nullable MinuteQuota quota) {
        this(limit, shares, bulkTurn, quota, UnaryOperator.identity());
    }

    /**
     * A target that nothing runs at, whose quota policies may change.
     *
     * @param inForce gives this subtask's part of what a policy declares, completed
     */
    TargetCapacity(
            ConcurrencyLimit limit,
            LaneShares shares,
            int bulkTurn,
            @Nullable MinuteQuota quota,
            UnaryOperator<TargetQuota> inForce) {
        this.limit = limit;
        this.places = new LanePlaces(shares, bulkTurn);
        this.quota = quota;
        this.inForce = inForce;
    }

    /** A policy says what the target may take when asked for by that name. */
    void declare(String name, TargetQuota byPolicy, long nowMillis) {
        TargetQuota least = declared.declared(name, byPolicy, nowMillis);
        if (quota == null || least.equals(declaredNow)) {
            return;
        }
        declaredNow = least;
        TargetQuota mine = inForce.apply(least);
        quota.change(
                orNone(mine.tokensPerMinute()),
                orNone(mine.requestsPerMinute()),
                mine.outputBurndown());
        most =
                mine.concurrency() == TargetQuota.UNLIMITED
                        ? Integer.MAX_VALUE
                        : (int) Math.min(Integer.MAX_VALUE, mine.concurrency());
    }

    private static long orNone(long perMinute) {
        return perMinute == TargetQuota.UNLIMITED ? MinuteQuota.NONE : perMinute;
    }

    /**
     * Whether a call may start.
     *
     * @param tokens its reservation, at least 1
     * @param otherWants the reservation of the first call that waits in the other lane; 0 if none
     */
    boolean admits(Lane lane, long tokens, long otherWants, long nowMillis) {
        return rest.isOver(nowMillis)
                && hasPlace(lane, otherWants > 0)
                && (quota == null || quota.admits(lane, tokens, otherWants, nowMillis));
    }

    /**
     * When it may admit what it does not admit now, if nothing but time passes; {@code
     * Long.MAX_VALUE} if time changes nothing.
     */
    long nextChangeMillis(Lane lane, long otherWants, long nowMillis) {
        if (!rest.isOver(nowMillis)) {
            return rest.untilMillis();
        }
        return quota == null || !hasPlace(lane, otherWants > 0)
                ? Long.MAX_VALUE
                : quota.nextChangeMillis(nowMillis);
    }

    /** An admitted call starts. */
    TargetPlace start(Lane lane, long tokens, long nowMillis) {
        places.take(lane);
        long slot = quota == null ? 0 : quota.reserve(lane, tokens, nowMillis);
        TargetPlace place = new TargetPlace(lane, tokens, slot, nowMillis);
        rest.started(place, nowMillis);
        return place;
    }

    /** A call that started here is over. */
    void ended(TargetPlace place, AttemptVerdict end, long nowMillis) {
        int atOnce = running();
        places.giveBack(place.lane);
        switch (end.kind()) {
            case ANSWERED:
                limit.answered(atOnce, place.startedAtMillis);
                rest.answered();
                break;
            case THROTTLED:
                throttled++;
                limit.throttled(place.startedAtMillis, nowMillis);
                rest.throttled(place, nowMillis);
                break;
            case NOT_MADE:
                rest.notMade(place, nowMillis);
                break;
            default:
                break; // nothing is learned
        }
        rest.over(place);
        settle(place, end, nowMillis);
    }

    /** Calls under way in both lanes. */
    public int running() {
        return places.taken();
    }

    /** Calls at once that it bears now. */
    public int limit() {
        return Math.min(most, limit.calls());
    }

    /** Calls refused because the target had too much to do. */
    public long throttled() {
        return throttled;
    }

    /** See {@link MinuteQuota#tokensLeft}. */
    public long tokensLeft(long nowMillis) {
        return quota == null ? Long.MAX_VALUE : quota.tokensLeft(nowMillis);
    }

    /** See {@link MinuteQuota#requestsLeft}. */
    public long requestsLeft(long nowMillis) {
        return quota == null ? Long.MAX_VALUE : quota.requestsLeft(nowMillis);
    }

    private boolean hasPlace(Lane lane, boolean otherWaits) {
        return places.admits(lane, limit(), otherWaits);
    }

    private void settle(TargetPlace place, AttemptVerdict end, long nowMillis) {
        if (quota == null) {
            return;
        }
        boolean unused =
                end.kind() == AttemptVerdict.Kind.THROTTLED
                        || end.kind() == AttemptVerdict.Kind.NOT_MADE;
        if (unused) {
            quota.release(place.lane, place.slot, place.tokens, nowMillis);
        } else {
            quota.settle(place.lane, place.slot, place.tokens, end.usage(), nowMillis);
        }
    }
}
