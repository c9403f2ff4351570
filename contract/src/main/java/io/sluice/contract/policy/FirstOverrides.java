package io.sluice.contract.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/**
 * Overrides as the first version had them: -1 for no limit, and {@code cache_ttl_ms} for how long
 * answers are served again.
 */
final class FirstOverrides {
    private static final String CACHE_TTL_MS = "cache_ttl_ms";
    private static final Set<String> MINUS_ONE_IS_UNLIMITED =
            Set.of("requests_per_minute", "requests_per_day");

    private FirstOverrides() {}

    /** The same overrides as they are written now, without what is null. */
    static ObjectNode upgrade(ObjectNode given) {
        ObjectNode upgraded = Json.object();
        for (Map.Entry<String, JsonNode> entry : given.properties()) {
            String key = entry.getKey();
            JsonNode value = entry.getValue();
            if (value.isNull()) {
                continue;
            }
            if (MINUS_ONE_IS_UNLIMITED.contains(key) && isMinusOne(value)) {
                upgraded.put(key, Numbers.UNLIMITED);
            } else if (key.equals(CACHE_TTL_MS) && value.isNumber() && !given.has("cache")) {
                BigDecimal seconds = value.decimalValue().movePointLeft(3);
                upgraded.putObject("cache").set("llm_ttl_seconds", DecimalNode.valueOf(seconds));
            } else {
                upgraded.set(key, value);
            }
        }
        return upgraded;
    }

    private static boolean isMinusOne(JsonNode value) {
        return value.isNumber() && value.decimalValue().compareTo(BigDecimal.ONE.negate()) == 0;
    }
}
