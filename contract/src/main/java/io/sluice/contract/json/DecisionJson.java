package io.sluice.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Decision;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Verdict;
import java.util.List;

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
            ObjectNode child =
                    limits.addObject()
                            .put("name", limit.name())
                            .put("limit", limit.limit())
                            .put("remaining", limit.remaining())
                            .put("reset_ms", limit.resetMillis());
            if (limit.debt() != 0) {
                child.put("debt", limit.debt());
            }
        }
        putNames(node, "violated", decision.violated());
        putNames(node, "shadow", decision.shadow());
        putNames(node, "warnings", decision.warnings());
        if (decision.downgradedTo() != null) {
            node.put("downgraded_to", decision.downgradedTo());
        }
        if (decision.unpriced()) {
            node.put("unpriced", true);
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
                .violated(fields.textList("violated"))
                .shadow(fields.textList("shadow"))
                .warnings(fields.textList("warnings"))
                .downgradedTo(fields.optionalText("downgraded_to"))
                .unpriced(fields.flag("unpriced", false))
                .policyVersion(fields.smallNumber("policy_version"))
                .decidedAtMillis(fields.number("decided_at_millis"))
                .seq(fields.number("seq"))
                .clockAdjusted(fields.flag("clock_adjusted"))
                .build();
    }

    private static void putNames(ObjectNode node, String name, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode list = node.putArray(name);
            values.forEach(list::add);
        }
    }

    private static LimitStatus readLimit(Fields fields) {
        return LimitStatus.builder()
                .name(fields.text("name"))
                .limit(fields.number("limit"))
                .remaining(fields.number("remaining"))
                .resetMillis(fields.number("reset_ms"))
                .debt(fields.number("debt", 0))
                .build();
    }
}
