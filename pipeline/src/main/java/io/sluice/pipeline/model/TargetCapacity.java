package io.sluice.pipeline.model;

import io.sluice.contract.TargetQuota;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What one target (a model at a region, say) bears of one subtask: an adaptive number of calls at
 * once, the provider's quota if it is known, and a rest after each throttling that doubles while
 * all is refused, so that a target which refuses everything is asked ever less often. Lanes share
 * it by {@link LaneShares}.
 *
 * <p>Pure: time is an argument, epoch milliseconds. Not thread-safe.
 */
final class TargetCapacity {
    private static final long FIRST_REST_MILLIS = 50;
    private static final long LONGEST_REST_MILLIS = 1_000;

    private final ConcurrencyLimit limit;
    private final LaneShares shares;
    private final int bulkTurn;
    private final @Nullable MinuteQuota quota;
    private final UnaryOperator<TargetQuota> inForce;
    private final DeclaredQuotas declared = new DeclaredQuotas();
    private @Nullable TargetQuota declaredNow;
    private int most = Integer.MAX_VALUE;
    private int interactive;
    private int bulk;
    private long restMillis;
    private long restsUntilMillis = Long.MIN_VALUE;
    private long restedAtMillis = Long.MIN_VALUE;

    /** The last call that started after a rest, while it is under way. */
    private @Nullable TargetPlace asking;

    private int interactiveInARow;
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
        this.shares = shares;
        this.bulkTurn = bulkTurn;
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
        return nowMillis >= restsUntilMillis
                && hasPlace(lane, otherWants > 0)
                && (quota == null || quota.admits(lane, tokens, otherWants, nowMillis));
    }

    /**
     * When it may admit what it does not admit now, if nothing but time passes; {@code
     * Long.MAX_VALUE} if time changes nothing.
     */
    long nextChangeMillis(Lane lane, long otherWants, long nowMillis) {
        if (nowMillis < restsUntilMillis) {
            return restsUntilMillis;
        }
        return quota == null || !hasPlace(lane, otherWants > 0)
                ? Long.MAX_VALUE
                : quota.nextChangeMillis(nowMillis);
    }

    /** An admitted call starts. */
    TargetPlace start(Lane lane, long tokens, long nowMillis) {
        count(lane, 1);
        interactiveInARow = lane == Lane.BULK ? 0 : interactiveInARow + 1;
        long slot = quota == null ? 0 : quota.reserve(lane, tokens, nowMillis);
        TargetPlace place = new TargetPlace(lane, tokens, slot, nowMillis);
        if (restMillis > 0) {
            ask(place, nowMillis);
        }
        return place;
    }

    /** A call that started here is over. */
    void ended(TargetPlace place, AttemptVerdict end, long nowMillis) {
        int atOnce = running();
        count(place.lane, -1);
        switch (end.kind()) {
            case ANSWERED:
                limit.answered(atOnce, place.startedAtMillis);
                open();
                break;
            case THROTTLED:
                throttled++;
                limit.throttled(place.startedAtMillis, nowMillis);
                rest(place.startedAtMillis, nowMillis);
                break;
            case NOT_MADE:
                askAnew(place, nowMillis);
                break;
            default:
                break; // nothing is learned
        }
        asking = asking == place ? null : asking;
        settle(place, end, nowMillis);
    }

    int running() {
        return interactive + bulk;
    }

    int limit() {
        return Math.min(most, limit.calls());
    }

    /** Calls refused because the target had too much to do. */
    long throttled() {
        return throttled;
    }

    /** See {@link MinuteQuota#tokensLeft}. */
    long tokensLeft(long nowMillis) {
        return quota == null ? Long.MAX_VALUE : quota.tokensLeft(nowMillis);
    }

    /** See {@link MinuteQuota#requestsLeft}. */
    long requestsLeft(long nowMillis) {
        return quota == null ? Long.MAX_VALUE : quota.requestsLeft(nowMillis);
    }

    private boolean hasPlace(Lane lane, boolean otherWaits) {
        int calls = limit();
        if (calls > 1) {
            return shares.admits(lane, 1, calls, interactive, bulk, otherWaits ? 1 : 0);
        }
        boolean bulksTurn = interactiveInARow >= bulkTurn;
        return running() == 0 && (!otherWaits || (lane == Lane.BULK) == bulksTurn);
    }

    /** Twice as long as before, unless the call had started before that rest. */
    private void rest(long startedAtMillis, long nowMillis) {
        if (restMillis == 0 || startedAtMillis >= restedAtMillis) {
            restedAtMillis = nowMillis;
            restMillis = Math.min(LONGEST_REST_MILLIS, Math.max(FIRST_REST_MILLIS, 2 * restMillis));
        }
        restsUntilMillis = nowMillis + restMillis;
    }

    /**
     * One call at a time after a rest. One that is not refused until the next may start is a good
     * sign: the wait for the one after is half as long. A refusal takes milliseconds, an answer may
     * take minutes.
     */
    private void ask(TargetPlace place, long nowMillis) {
        restMillis = asking == null ? restMillis : restMillis / 2;
        asking = place;
        if (restMillis < FIRST_REST_MILLIS) {
            open();
        } else {
            restsUntilMillis = nowMillis + restMillis;
        }
    }

    /** A call did not ask after all: the next one may at once, if nobody was refused since. */
    private void askAnew(TargetPlace notMade, long nowMillis) {
        if (asking == notMade && restsUntilMillis == notMade.startedAtMillis + restMillis) {
            restsUntilMillis = nowMillis;
        }
    }

    private void open() {
        restMillis = 0;
        restsUntilMillis = Long.MIN_VALUE;
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

    private void count(Lane lane, int change) {
        if (lane == Lane.BULK) {
            bulk += change;
        } else {
            interactive += change;
        }
    }
}
