package io.sluice.local.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Set;

/**
 * The quota of one model, or with {@code *} of each that has none of its own.
 *
 * @param model model id as callers send it, the same without geo prefix, or {@code *}
 * @param requestsPerMinute 0 for no bound
 * @param tokensPerMinute 0 for no bound
 * @param burnDown tokens of the quota that one output token takes, at least 1
 * @param burstSeconds how long a full bucket would take to fill, 1 to 60
 */
record QuotaRule(
        String model,
        long requestsPerMinute,
        long tokensPerMinute,
        long burnDown,
        long burstSeconds) {
    private static final Set<String> FIELDS =
            Set.of(
                    "model",
                    "requests_per_minute",
                    "tokens_per_minute",
                    "burn_down",
                    "burst_seconds");
    private static final long LARGEST = 1_000_000_000L;

    /**
     * Reads a rule.
     *
     * @throws IllegalArgumentException with a message fit for the caller
     */
    static QuotaRule read(JsonNode json) {
        if (json == null || !json.isObject() || !json.path("model").isTextual()) {
            throw new IllegalArgumentException(
                    "the body is no quota; expected {\"model\":\"id or *\",\"requests_per_minute\":n,"
                            + "\"tokens_per_minute\":n,\"burn_down\":n,\"burst_seconds\":n}");
        }
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                throw new IllegalArgumentException(
                        "unknown field "
                                + name
                                + ", expected one of "
                                + FIELDS.stream().sorted().toList());
            }
        }
        return new QuotaRule(
                json.path("model").textValue(),
                number(json, "requests_per_minute", 0, 0, LARGEST),
                number(json, "tokens_per_minute", 0, 0, LARGEST),
                number(json, "burn_down", 1, 1, 100),
                number(json, "burst_seconds", 60, 1, 60));
    }

    /** Writes what {@link #read} reads back. */
    ObjectNode write() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("model", model)
                .put("requests_per_minute", requestsPerMinute)
                .put("tokens_per_minute", tokensPerMinute)
                .put("burn_down", burnDown)
                .put("burst_seconds", burstSeconds);
    }

    private static long number(JsonNode json, String name, long otherwise, long least, long most) {
        JsonNode value = json.get(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < least
                || value.longValue() > most) {
            throw new IllegalArgumentException(
                    name
                            + " is "
                            + value
                            + ", expected a whole number from "
                            + least
                            + " to "
                            + most);
        }
        return value.longValue();
    }
}
