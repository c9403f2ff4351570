package io.sluice.pipeline.enforce;

import io.sluice.pipeline.cache.CacheEntry;
import io.sluice.pipeline.cache.CacheSlot;
import io.sluice.pipeline.session.Conversation;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The rule by which a tenant's state is cleared at its next event: holds whose outcome never came
 * expire, and every {@value #SWEEP_MILLIS} ms of arrival time what no later event can ask for is
 * forgotten.
 */
final class Overdue {
    /**
     * How long an expired hold is kept for a late outcome: 30 days, as long as results are kept.
     */
    static final long LATE_MILLIS = 30L * 86_400_000;

    private static final long SWEEP_MILLIS = 600_000;

    private Overdue() {}

    /** Ends and clears what is due by the core's arrival clock. */
    static void end(TenantState state, TenantCore core, String tenantId, Effects effects) {
        leave(state, core);
        core.seen().forget(core.arrivalMillis(), state);
        expire(state, core, tenantId, effects);
        long due = Math.floorDiv(core.arrivalMillis(), SWEEP_MILLIS) * SWEEP_MILLIS;
        if (due > core.sweptAtMillis()) {
            boolean nothingYet = core.sweptAtMillis() == 0;
            core.sweptAtMillis(due);
            if (!nothingYet) {
                sweep(state, core, effects);
            }
        }
    }

    /** Lets go of what left the minute by the core's clocks. */
    static void leave(TenantState state, TenantCore core) {
        core.minute().expire(earliest(core), state);
    }

    /** No later request is judged at a time before this. */
    private static long earliest(TenantCore core) {
        return Math.max(core.clockMillis(), core.arrivalMillis() - DecisionTime.TOLERANCE_MILLIS);
    }

    private static void expire(
            TenantState state, TenantCore core, String tenantId, Effects effects) {
        Settlement settlement = null;
        for (String requestId : core.holds().due(core.arrivalMillis(), state)) {
            Hold hold = core.holds().get(requestId, state);
            if (hold == null) {
                continue; // ended together with its leader just now
            }
            if (hold.expired()) {
                core.holds().remove(requestId, hold, state);
            } else if (hold.role() != Hold.Role.FOLLOWER) {
                settlement =
                        settlement == null
                                ? new Settlement(state, core, tenantId, effects)
                                : settlement;
                settlement.expire(requestId, hold, core.arrivalMillis() + LATE_MILLIS);
            }
        }
    }

    private static void sweep(TenantState state, TenantCore core, Effects effects) {
        for (String key : sorted(state.slotKeys())) {
            CacheSlot slot = state.slot(key);
            CacheEntry entry = slot == null ? null : slot.entry();
            if (slot != null && entry != null && entry.isDead(earliest(core))) {
                CacheSlot rest = slot.withEntry(null);
                if (rest.isEmpty()) {
                    state.removeSlot(key);
                } else {
                    state.putSlot(key, rest);
                }
                effects.dropAnswer(key);
            }
        }
        for (String key : sorted(state.conversationKeys())) {
            Conversation conversation = state.conversation(key);
            if (conversation != null
                    && conversation.turn() == null
                    && conversation.isOver(earliest(core), Long.MAX_VALUE)) {
                state.removeConversation(key);
                effects.dropConversation(key);
            }
        }
    }

    /** In an order that does not depend on where the state lies. */
    private static NavigableSet<String> sorted(Iterable<String> keys) {
        NavigableSet<String> sorted = new TreeSet<>();
        keys.forEach(sorted::add);
        return sorted;
    }
}
