package io.sluice.contract.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.AmbiguousAction;
import io.sluice.contract.Budget;
import io.sluice.contract.BudgetAction;
import io.sluice.contract.CacheRules;
import io.sluice.contract.EffectivePolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON of an effective policy. What is as shipped is left out, so that requests stay small. */
public final class PolicyJson {
    private PolicyJson() {}

    /** A policy as a tree. */
    public static ObjectNode write(EffectivePolicy policy) {
        ObjectNode node =
                Json.object()
                        .put("version", policy.version())
                        .put("hash", policy.hash())
                        .put("tier", policy.tier())
                        .put("requests_per_minute", policy.requestsPerMinute())
                        .put("requests_per_day", policy.requestsPerDay())
                        .put("max_concurrent", policy.maxConcurrent())
                        .put("cache_ttl_millis", policy.cache().llmTtlMillis())
                        .put("price_version", policy.priceVersion());
        putUnless(node, "tokens_per_minute", policy.tokensPerMinute(), EffectivePolicy.UNLIMITED);
        putUnless(node, "max_pending", policy.maxPending(), EffectivePolicy.UNLIMITED);
        putUnless(node, "weight", policy.weight(), 1);
        putBudget(node, "budget_per_day", policy.dayBudget());
        putBudget(node, "budget_per_month", policy.monthBudget());
        putCache(node, policy.cache());
        putNames(node, "allowed_models", policy.allowedModels());
        putNames(node, "shadow", policy.shadow());
        if (policy.ambiguous() != AmbiguousAction.RETRY) {
            node.put("ambiguous", policy.ambiguous().wireName());
        }
        IsolationJson.write(node, policy.isolation());
        return node;
    }

    static EffectivePolicy read(Fields fields) {
        return EffectivePolicy.builder()
                .version(fields.smallNumber("version"))
                .hash(fields.text("hash"))
                .tier(fields.text("tier"))
                .requestsPerMinute(fields.number("requests_per_minute"))
                .requestsPerDay(fields.number("requests_per_day"))
                .tokensPerMinute(fields.number("tokens_per_minute", EffectivePolicy.UNLIMITED))
                .maxPending(fields.smallNumber("max_pending", (int) EffectivePolicy.UNLIMITED))
                .maxConcurrent(fields.smallNumber("max_concurrent"))
                .weight(fields.smallNumber("weight", 1))
                .dayBudget(readBudget(fields, "budget_per_day"))
                .monthBudget(readBudget(fields, "budget_per_month"))
                .cache(readCache(fields))
                .allowedModels(fields.textList("allowed_models"))
                .shadow(fields.textList("shadow"))
                .priceVersion(fields.text("price_version"))
                .ambiguous(
                        fields.has("ambiguous")
                                ? fields.word("ambiguous", AmbiguousAction::ofWireName)
                                : AmbiguousAction.RETRY)
                .isolation(IsolationJson.read(fields))
                .build();
    }

    private static void putUnless(ObjectNode node, String name, long value, long usual) {
        if (value != usual) {
            node.put(name, value);
        }
    }

    private static void putNames(ObjectNode node, String name, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode list = node.putArray(name);
            values.forEach(list::add);
        }
    }

    private static void putBudget(ObjectNode node, String name, @Nullable Budget budget) {
        if (budget != null) {
            ObjectNode child =
                    node.putObject(name)
                            .put("limit_pico_usd", budget.limitPicoUsd())
                            .put("action", budget.action().wireName());
            if (budget.downgradeTo() != null) {
                child.put("downgrade_to", budget.downgradeTo());
            }
        }
    }

    private static @Nullable Budget readBudget(Fields fields, String name) {
        if (!fields.has(name)) {
            return null;
        }
        Fields budget = fields.object(name);
        return Budget.of(
                budget.number("limit_pico_usd"),
                budget.word("action", BudgetAction::ofWireName),
                budget.optionalText("downgrade_to"));
    }

    private static void putCache(ObjectNode node, CacheRules cache) {
        CacheRules shipped = CacheRules.SHIPPED;
        if (!cache.equals(shipped.withLlmTtlMillis(cache.llmTtlMillis()))) {
            node.putObject("cache")
                    .put("agent_ttl_millis", cache.agentTtlMillis())
                    .put("session_ttl_millis", cache.sessionTtlMillis())
                    .put("sampled", cache.sampled())
                    .put("session_turns", cache.sessionTurns())
                    .put("session_tokens", cache.sessionTokens());
        }
    }

    private static CacheRules readCache(Fields fields) {
        long llmTtlMillis = fields.number("cache_ttl_millis");
        if (!fields.has("cache")) {
            return CacheRules.SHIPPED.withLlmTtlMillis(llmTtlMillis);
        }
        Fields cache = fields.object("cache");
        return new CacheRules(
                llmTtlMillis,
                cache.number("agent_ttl_millis"),
                cache.number("session_ttl_millis"),
                cache.flag("sampled"),
                cache.smallNumber("session_turns"),
                cache.number("session_tokens"));
    }
}
