package io.sluice.pipeline.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of a lane's calls starts next. Each target that has room offers the tenant whose turn it is
 * there; between targets the tenant with the fewest calls under way per weight goes first, so that
 * one that fills its target's queue takes no place from those who want another. A target without
 * room holds back its own calls alone.
 *
 * <p>Linear in the targets of the lane, logarithmic in what waits.
 */
final class LanePick<C> {
    private final LaneState<C> own;
    private final LaneState<C> other;

    LanePick(LaneState<C> own, LaneState<C> other) {
        this.own = own;
        this.other = other;
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
                    && admits(target, line.head().terms, nowMillis)
                    && (best == null || goesBefore(line, best))) {
                best = line;
            }
        }
        return best != null && own.fits(best.head().terms) ? best : null;
    }

    /** Whether the target has room for such a call, apart from whose turn it is. */
    boolean admits(LaneTarget<C> target, CallTerms terms, long nowMillis) {
        return target.capacity.admits(own.lane, terms.tokens(), otherWants(target), nowMillis);
    }

    /** When a target that somebody waits for may have room by time alone. */
    long nextChangeMillis(long nowMillis) {
        long next = Long.MAX_VALUE;
        for (LaneTarget<C> target : own.hasPlace() ? own.targets() : List.<LaneTarget<C>>of()) {
            if (!target.turns.isEmpty()) {
                next =
                        Math.min(
                                next,
                                target.capacity.nextChangeMillis(
                                        own.lane, otherWants(target), nowMillis));
            }
        }
        return next;
    }

    /** What the other lane wants of the target, if it could take it; 0 if nothing. */
    private long otherWants(LaneTarget<C> target) {
        LaneTarget<C> theirs = other.target(target.key);
        TargetLine<C> line = theirs == null ? null : theirs.turns.peek();
        return line == null || !other.hasPlace() ? 0 : line.head().terms.tokens();
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
