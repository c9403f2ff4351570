package io.sluice.pipeline.enforce;

import io.sluice.pipeline.cache.CacheSlot;

/** A state on which the sweep has no effect: what only the sweep removes stays. */
final class NeverForgettingState extends ForwardingTenantState {
    NeverForgettingState() {
        super(new MemoryTenantState());
    }

    /** A flight is over when it is over; an answer stays. */
    @Override
    public void removeSlot(String cacheKey) {
        CacheSlot slot = slot(cacheKey);
        if (slot != null && slot.entry() != null) {
            putSlot(cacheKey, slot.withFlight(null));
        } else {
            super.removeSlot(cacheKey);
        }
    }

    @Override
    public void removeConversation(String key) {}
}
