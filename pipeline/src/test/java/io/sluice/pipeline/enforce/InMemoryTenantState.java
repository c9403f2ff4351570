package io.sluice.pipeline.enforce;

import java.util.Set;
import java.util.TreeSet;

/** A tenant's state on the heap, with a look at what is in it. */
final class InMemoryTenantState extends ForwardingTenantState {
    InMemoryTenantState() {
        super(new MemoryTenantState());
    }

    /** The ids of all holds that have not expired. */
    Set<String> held() {
        Set<String> ids = new TreeSet<>(core().holds().inline().keySet());
        holdIds().forEach(ids::add);
        ids.removeIf(id -> core().holds().get(id, this).expired());
        return ids;
    }

    /** Flights under way. */
    long flights() {
        long flights = 0;
        for (String key : slotKeys()) {
            flights += slot(key).flights().size();
        }
        return flights;
    }

    /** Answers kept. */
    long answers() {
        long answers = 0;
        for (String key : slotKeys()) {
            answers += slot(key).entry() == null ? 0 : 1;
        }
        return answers;
    }
}
