package io.sluice.pipeline.enforce;

import java.util.List;

/** A state in which the sweep finds nothing to remove. */
final class NeverForgettingState extends ForwardingTenantState {
    NeverForgettingState() {
        super(new MemoryTenantState());
    }

    @Override
    public Iterable<String> slotKeys() {
        return List.of();
    }

    @Override
    public Iterable<String> conversationKeys() {
        return List.of();
    }
}
