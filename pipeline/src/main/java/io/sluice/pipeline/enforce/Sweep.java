package io.sluice.pipeline.enforce;

import io.sluice.contract.Granularity;
import io.sluice.pipeline.cache.CacheEntry;
import io.sluice.pipeline.usage.UsageWindows;

/**
 * The rule by which a tenant's state is cleared: once a minute of its own arrival time, of what no
 * later event can ask for.
 */
final class Sweep {
    private Sweep() {}

    /** Clears what is dead by the core's clocks if a minute has passed since the last time. */
    static void upTo(TenantState state, TenantCore core, Effects effects) {
        long minute = Granularity.MINUTE.windowStart(core.arrivalMillis());
        if (minute <= core.sweptAtMillis()) {
            return;
        }
        core.sweptAtMillis(minute);
        // A request is dated at most TOLERANCE before its arrival, an outcome at its arrival.
        UsageWindows.closeBefore(state, core.arrivalMillis() - DecisionTime.TOLERANCE_MILLIS);
        state.forgetSeenBefore(core.clockMillis() - Engine.DEDUPE_MILLIS);
        for (String key : state.cachedKeys()) {
            CacheEntry entry = state.cached(key);
            if (entry != null && entry.isDead(core.clockMillis())) {
                state.removeCached(key);
                effects.dropAnswer(key);
            }
        }
    }
}
