package io.sluice.pipeline.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Withdrawals that came before their request, as can happen in a restored job alone: the async
 * operator keeps its records in no order. They are held until their request comes, or until the
 * first checkpoint shows that all restored records have come. On the operator's thread.
 */
final class EarlyWithdrawals {
    private final Map<Map.Entry<String, String>, Runnable> held = new LinkedHashMap<>();
    private boolean restoring;

    /** Whether restored records may still come. */
    EarlyWithdrawals(boolean restoring) {
        this.restoring = restoring;
    }

    /** Keeps a withdrawal that found nothing; if nothing can come for it, it is over. */
    void hold(Map.Entry<String, String> id, Runnable afterwards) {
        Runnable earlier = restoring ? held.put(id, afterwards) : afterwards;
        if (earlier != null) {
            earlier.run();
        }
    }

    /** What to run when the withdrawal of that request is carried out; null if there is none. */
    @Nullable Runnable take(Map.Entry<String, String> id) {
        return held.remove(id);
    }

    /** All restored records have come. */
    void restored() {
        restoring = false;
        List<Runnable> over = new ArrayList<>(held.values());
        held.clear();
        over.forEach(Runnable::run);
    }
}
