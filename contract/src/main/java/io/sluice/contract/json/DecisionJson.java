package io.sluice.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Decision;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Verdict;

/** JSON of a decision, as stored; {@code retry_after_ms} is absent when waiting does not help. */
public final class DecisionJson {
    private DecisionJson() {}

    /** A decision as a tree. */
    public static ObjectNode write(Decision decision) {
        ObjectNode node = Json.object().put("outcome", decision.outcome().wireName());
        if (decision.reason() != null) {
            node.put("reason", decision.reason());
        }
        if (decision.retryAfterMillis() >= 0) {
            node.put("retry_after_ms", decision.retryAfterMillis());
        }
        ArrayNode limits = node.putArray("limits");
        for (LimitStatus limit : decision.limits()) {
            limits.addObject()
                    .put("name", limit.name())
                    .put("limit", limit.limit())
                    .put("remaining", limit.remaining())
                    .put("reset_ms", limit.resetMillis());
        }
        return node.put("policy_version", decision.policyVersion())
                .put("decided_at_millis", decision.decidedAtMillis())
                .put("seq", decision.seq())
                .put("clock_adjusted", decision.clockAdjusted());
    }

    /** The decision of a tree; throws {@link MalformedJsonException} if it is none. */
    public static Decision read(JsonNode node) {
        return read(Fields.of("decision", node));
    }

    static Decision read(Fields fields) {
        return Decision.builder()
                .outcome(fields.word("outcome", Verdict::ofWireName))
                .reason(fields.optionalText("reason"))
                .retryAfterMillis(fields.number("retry_after_ms", -1))
                .limits(fields.list("limits", DecisionJson::readLimit))
                .policyVersion(fields.smallNumber("policy_version"))
                .decidedAtMillis(fields.number("decided_at_millis"))
                .seq(fields.number("seq"))
                .clockAdjusted(fields.flag("clock_adjusted"))
                .build();
    }

    private static LimitStatus readLimit(Fields fields) {
        return LimitStatus.builder()
                .name(fields.text("name"))
                .limit(fields.number("limit"))
                .remaining(fields.number("remaining"))
                .resetMillis(fields.number("reset_ms"))
                .build();
    }
}
