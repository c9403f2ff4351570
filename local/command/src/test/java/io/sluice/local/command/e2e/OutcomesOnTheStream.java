package io.sluice.local.command.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The outcomes of calls as they lie on the events stream. One may lie there twice after a restart;
 * it must then be the same one.
 */
final class OutcomesOnTheStream {
    private final Map<String, Set<String>> byRequest = new HashMap<>();
    private final Map<String, Long> costs = new HashMap<>();

    /** The outcomes among these records. */
    OutcomesOnTheStream(List<byte[]> events) {
        for (byte[] event : events) {
            JsonNode json = Json.parse(new String(event, StandardCharsets.UTF_8));
            if (json.path("type").asText().equals("outcome")) {
                JsonNode facts = json.path("facts");
                String id = facts.path("request_id").asText();
                byRequest.computeIfAbsent(id, request -> new TreeSet<>()).add(facts.toString());
                costs.put(id, facts.path("cost_pico_usd").asLong());
            }
        }
    }

    /** Requests with more than one outcome that differ. */
    Map<String, Set<String>> contradictions() {
        Map<String, Set<String>> contradictions = new HashMap<>(byRequest);
        contradictions.values().removeIf(outcomes -> outcomes.size() == 1);
        return contradictions;
    }

    /** Requests that had an outcome. */
    Set<String> requests() {
        return byRequest.keySet();
    }

    /** What the call of that request cost by its outcome, 10^-12 USD. */
    long costOf(String requestId) {
        return costs.get(requestId);
    }
}
