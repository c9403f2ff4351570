package io.sluice.pipeline.enforce;

import io.sluice.contract.Decision;
import io.sluice.contract.RequestEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the engine alone decides, for tests of what is around it. */
public final class Decisions {
    private Decisions() {}

    /** Decisions of one tenant's requests by id, if no outcome ever came; without their numbers. */
    public static Map<String, Decision> of(List<RequestEvent> requests, String tenantId) {
        History history = new History();
        for (RequestEvent request : requests) {
            if (request.tenantId().equals(tenantId)) {
                long arrivedAtMillis = request.facts().receivedAtMillis();
                history.apply(new LogRecord(request, arrivedAtMillis, request.eventId()));
            }
        }
        Map<String, Decision> decisions = new HashMap<>();
        for (EffectsLog.Decided decided : history.effects.decided) {
            decisions.put(
                    decided.facts().requestId(), decided.decision().toBuilder().seq(0).build());
        }
        return decisions;
    }
}
