package io.sluice.ingress.result;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Decision;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Money;
import io.sluice.contract.json.Json;
import java.time.Instant;
import java.util.List;

/**
 * How clients see a decision: counts as integers, budgets as exact decimal strings in USD, and only
 * what is known or set.
 */
final class DecisionView {
    private DecisionView() {}

    static ObjectNode of(Decision decision) {
        ObjectNode view = Json.object().put("outcome", decision.outcome().wireName());
        if (decision.reason() != null) {
            view.put("reason", decision.reason());
        }
        if (decision.retryAfterMillis() >= 0) {
            view.put("retry_after_ms", decision.retryAfterMillis());
        }
        ArrayNode limits = view.putArray("limits");
        decision.limits().forEach(limit -> limits.add(of(limit)));
        putNames(view, "shadow", decision.shadow());
        putNames(view, "warnings", decision.warnings());
        if (decision.downgradedTo() != null) {
            view.put("downgraded_to", decision.downgradedTo());
        }
        if (decision.unpriced()) {
            view.put("unpriced", true);
        }
        return view.put("policy_version", decision.policyVersion())
                .put("decided_at", Instant.ofEpochMilli(decision.decidedAtMillis()).toString())
                .put("seq", decision.seq());
    }

    private static ObjectNode of(LimitStatus limit) {
        ObjectNode view = Json.object().put("name", limit.name());
        putAmount(view, "limit", limit.name(), limit.limit());
        putAmount(view, "remaining", limit.name(), limit.remaining());
        if (limit.resetMillis() >= 0) {
            view.put("reset_ms", limit.resetMillis());
        }
        if (limit.debt() > 0) {
            putAmount(view, "debt", limit.name(), limit.debt());
        }
        return view;
    }

    private static void putAmount(ObjectNode view, String field, String limit, long amount) {
        if (RateLimitFields.isMoney(limit)) {
            view.put(field, Money.toUsd(amount));
        } else {
            view.put(field, amount);
        }
    }

    private static void putNames(ObjectNode view, String field, List<String> names) {
        if (!names.isEmpty()) {
            ArrayNode list = view.putArray(field);
            names.forEach(list::add);
        }
    }
}
