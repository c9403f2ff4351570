package io.sluice.pipeline.model.schedule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of a lane's calls starts next. Each target that has room offers the tenant whose turn it is
 * there; between targets the tenant with the fewest calls under way per weight goes first, so that
 * one that fills its target's queue takes no place from those who want another. A target without
 * room holds back those calls alone that have no other target: as long as it starts nothing, the
 * others are offered where they may be made as well.
 *
 * <p>Linear in the queues of the lane, logarithmic in what waits.
 */
final class LanePick<C> {
    private final LaneState<C> own;
    private final LaneState<C> other;
    private final TargetHealth health;

    LanePick(LaneState<C> own, LaneState<C> other, TargetHealth health) {
        this.own = own;
        this.other = other;
        this.health = health;
    }

    /** The line whose head may start now; null if none may. */
    @Nullable TargetLine<C> first(long nowMillis) {
        if (!own.hasPlace()) {
            return null;
        }
        TargetLine<C> best = null;
        for (LaneTarget<C> target : own.targets()) {
            TargetLine<C> line = target.turns.first(nowMillis);
            if (line != null
                    && (best == null || goesBefore(line, best))
                    && admits(target, line.head().terms, nowMillis)
                    && isPassedOn(target.before, nowMillis)) {
                best = line;
            }
        }
        return best != null && own.fits(best.head().terms) ? best : null;
    }

    /** Whether {@link #first} would be this newcomer, which waits nowhere yet. */
    boolean wouldStart(ScheduledCall<C> newcomer, long nowMillis) {
        return own.fits(newcomer.terms)
                && newcomer.line.tenant.mayStart(own.lane, newcomer.rankMillis)
                && newcomer.way.stream()
                        .filter(queue -> queue.isEmpty() && queue.target.turns.isEmpty())
                        .anyMatch(queue -> admits(queue.target, newcomer.terms, nowMillis))
                && first(nowMillis) == null;
    }

    /** Whether such a call may start from that queue, apart from whose turn it is. */
    boolean admits(LaneTarget<C> target, CallTerms terms, long nowMillis) {
        String place = target.place;
        TargetCapacity capacity = target.capacity;
        if (place == null || capacity == null) {
            return isHopeless(target.before, nowMillis);
        }
        return health.isCallable(place, nowMillis)
                && capacity.admits(own.lane, terms.tokens(), otherWants(place), nowMillis);
    }

    /** When a target that somebody waits for may have room by time alone. */
    long nextChangeMillis(long nowMillis) {
        long next = Long.MAX_VALUE;
        for (LaneTarget<C> target : own.hasPlace() ? own.targets() : List.<LaneTarget<C>>of()) {
            if (!target.turns.isEmpty()) {
                next = Math.min(next, nextChangeMillis(target, nowMillis));
            }
        }
        return next;
    }

    private long nextChangeMillis(LaneTarget<C> target, long nowMillis) {
        String place = target.place;
        TargetCapacity capacity = target.capacity;
        if (place == null || capacity == null) {
            return Long.MAX_VALUE;
        }
        if (health.isCallable(place, nowMillis)) {
            return capacity.nextChangeMillis(own.lane, otherWants(place), nowMillis);
        }
        long remaining = health.remainingMillis(place, nowMillis);
        return remaining == 0 ? Long.MAX_VALUE : nowMillis + remaining;
    }

    /** Whether neither that queue nor those before it start anything now. */
    private boolean isPassedOn(@Nullable LaneTarget<C> last, long nowMillis) {
        for (LaneTarget<C> target = last; target != null; target = target.before) {
            TargetLine<C> line = target.turns.first(nowMillis);
            if (line != null && admits(target, line.head().terms, nowMillis)) {
                return false;
            }
        }
        return true;
    }

    /** Whether no target on the way up to there may be called, whatever room it has. */
    private boolean isHopeless(@Nullable LaneTarget<C> last, long nowMillis) {
        for (LaneTarget<C> target = last; target != null; target = target.before) {
            String place = target.place;
            if (place != null && health.isCallable(place, nowMillis)) {
                return false;
            }
        }
        return true;
    }

    /** What the other lane wants of the target, if it could take it; 0 if nothing. */
    private long otherWants(String place) {
        if (!other.hasPlace()) {
            return 0;
        }
        long wants = 0;
        for (LaneTarget<C> theirs : other.targetsAt(place)) {
            TargetLine<C> line = theirs.turns.peek();
            wants = Math.max(wants, line == null ? 0 : line.head().terms.tokens());
        }
        return wants;
    }

    private static <C> boolean goesBefore(TargetLine<C> one, TargetLine<C> two) {
        long ofOne = (long) one.line.running * two.tenant.weight;
        long ofTwo = (long) two.line.running * one.tenant.weight;
        if (ofOne != ofTwo) {
            return ofOne < ofTwo;
        }
        return ScheduledCall.<C>byRank().compare(one.head(), two.head()) < 0;
    }
}
