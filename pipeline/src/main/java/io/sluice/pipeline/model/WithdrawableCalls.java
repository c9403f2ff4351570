package io.sluice.pipeline.model;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The invocations that a withdrawal may still find, by tenant and request: those that are here and
 * whose calls have not started. Whether one is withdrawn or starts decides {@link
 * Invocation#claim}. Thread-safe.
 */
final class WithdrawableCalls {
    private final Map<Map.Entry<String, String>, Invocation> invocations =
            new ConcurrentHashMap<>();

    void add(Invocation invocation) {
        invocations.put(invocation.id(), invocation);
    }

    void remove(Invocation invocation) {
        invocations.remove(invocation.id(), invocation);
    }

    /** Takes an invocation out that is about to start; false if it was withdrawn before. */
    boolean start(Invocation invocation) {
        remove(invocation);
        return invocation.claim();
    }

    /**
     * Claims an invocation for its withdrawal; null if it is not here, or another one was first.
     */
    @Nullable Invocation withdraw(Map.Entry<String, String> id) {
        Invocation invocation = invocations.get(id);
        return invocation != null && invocation.claim() ? invocation : null;
    }
}
