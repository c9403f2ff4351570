package io.sluice.pipeline.model.schedule;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is at one target in one lane: start-time fair queueing over tenants. A tenant's
 * call is due at a virtual time; starting it makes the next one due 1/weight of a call later; the
 * earliest due runs. A tenant that comes, or comes back, starts at the time of those in service and
 * gets nothing for the time it was away.
 *
 * <p>An urgent call, a high one or one that has waited for an aging, counts as due a head start
 * earlier. So urgent work of any tenant goes before other work, but a tenant that calls everything
 * urgent is at most {@code headStartCalls} per weight ahead of its share: priority is what a tenant
 * says of its own work and must not take another's.
 *
 * <p>Every call counts 1. What is shared out is places, and how long a call will hold one nobody
 * knows before its end: {@code max_tokens} is a ceiling, the estimate covers the input alone.
 *
 * <p>Sources: Goyal, Vin, Cheng, "Start-time Fair Queuing", SIGCOMM 1996.
 */
final class FairTurns<C> {
    /** Virtual time of one call at weight 1: the smallest number that 1 to 20 divide. */
    static final long CALL = 232_792_560;

    private final long headStart;
    private final TreeSet<Turn<C>> turns = new TreeSet<>(Turn.byKey());
    private final TreeSet<Turn<C>> notUrgent = new TreeSet<>(Turn.byRank());
    private final Advances advances = new Advances();
    private long virtualTime;
    private long latestTag;

    FairTurns(int headStartCalls) {
        this.headStart = headStartCalls * CALL;
    }

    /** The line whose head is next; null if no line has a turn. */
    @Nullable TargetLine<C> first(long nowMillis) {
        while (!notUrgent.isEmpty() && notUrgent.first().rankMillis <= nowMillis) {
            TargetLine<C> line = notUrgent.first().line;
            leave(line);
            enter(line, nowMillis);
        }
        return turns.isEmpty() ? null : turns.first().line;
    }

    /** As {@link #first}, but for who has become urgent meanwhile. */
    @Nullable TargetLine<C> peek() {
        return turns.isEmpty() ? null : turns.first().line;
    }

    boolean isEmpty() {
        return turns.isEmpty();
    }

    /** The head of that line, which has a turn, starts. The line must be updated after. */
    void served(TargetLine<C> line) {
        Turn<C> turn = line.turn;
        if (turn == null) {
            throw new IllegalStateException("it is not the turn of " + line.tenant.id);
        }
        passTo(turn.key);
        line.tag += Math.max(1, CALL / line.tenant.weight);
        latestTag = Math.max(latestTag, line.tag);
    }

    /** Head, priority or bound of that line may have changed. */
    void update(TargetLine<C> line, boolean mayStart, long nowMillis) {
        leave(line);
        if (mayStart) {
            enter(line, nowMillis);
        } else if (turns.isEmpty()) {
            // Nobody competes any more: whatever was ahead is forgiven.
            passTo(latestTag);
        }
    }

    /** Takes over a new line; a tenant that was ahead of its share a moment ago still is. */
    void open(TargetLine<C> line) {
        line.tag = advances.take(line.tenant.id);
    }

    /** Lets a line without calls go. */
    void close(TargetLine<C> line) {
        if (line.tag > virtualTime) {
            advances.keep(line.tenant.id, line.tag);
        }
    }

    private void enter(TargetLine<C> line, long nowMillis) {
        line.tag = Math.max(line.tag, virtualTime);
        boolean urgent = line.head().rankMillis <= nowMillis;
        Turn<C> turn = new Turn<>(line, urgent ? line.tag - headStart : line.tag, urgent);
        line.turn = turn;
        turns.add(turn);
        if (!urgent) {
            notUrgent.add(turn);
        }
    }

    private void leave(TargetLine<C> line) {
        Turn<C> turn = line.turn;
        if (turn != null) {
            turns.remove(turn);
            if (!turn.urgent) {
                notUrgent.remove(turn);
            }
            line.turn = null;
        }
    }

    private void passTo(long time) {
        if (time > virtualTime) {
            virtualTime = time;
            advances.forgetUpTo(time);
        }
    }
}
