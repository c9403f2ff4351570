package io.sluice.contract.audit;

import io.sluice.contract.AmbiguousAction;
import io.sluice.contract.Budget;
import io.sluice.contract.CacheRules;
import io.sluice.contract.CommandEvent;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Isolation;
import io.sluice.contract.Labels;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ReservePrice;
import io.sluice.contract.Route;
import io.sluice.contract.Usage;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the engine sees of an event, in canonical form: the fields of the events stream under their
 * names there, without the tenant, which the record names. A policy is written whole when the
 * engine sees it first and by version and hash from then on.
 */
public final class CanonicalFacts {
    private CanonicalFacts() {}

    /**
     * A request.
     *
     * @param wholePolicy whether the policy's content is written, not only its version and hash
     */
    public static void write(CanonicalWriter out, RequestFacts facts, boolean wholePolicy) {
        out.beginObject()
                .field("cache_mode", facts.cacheMode().wireName())
                .field("deadline_at_millis", facts.deadlineAtMillis())
                .field("estimated_input_tokens", facts.estimatedInputTokens())
                .field("labels");
        write(out, facts.labels());
        out.field("max_tokens", facts.maxTokens()).field("model", facts.model()).field("policy");
        write(out, facts.policy(), wholePolicy);
        if (!facts.prices().isEmpty()) {
            out.field("prices");
            write(out, facts.prices());
        }
        out.field("priority", facts.priority().wireName())
                .field("prompt_hash", facts.promptHash())
                .field("received_at_millis", facts.receivedAtMillis())
                .field("request_id", facts.requestId())
                .optional("sampled", facts.sampled());
        Route route = facts.ownRoute();
        if (route != null && route.staleForMillis() != 0) {
            out.field("stale_for_millis", route.staleForMillis());
        }
        out.optional("task_hash", facts.taskHash()).endObject();
    }

    /** An outcome. */
    public static void write(CanonicalWriter out, OutcomeFacts facts) {
        out.beginObject()
                .field("attempt", facts.attempt())
                .field("complete", facts.complete())
                .field("cost_pico_usd", facts.costPicoUsd());
        if (facts.estimatedCostPicoUsd() != 0) {
            out.field("estimated_cost_pico_usd", facts.estimatedCostPicoUsd());
        }
        out.field("finished_at_millis", facts.finishedAtMillis())
                .field("latency_millis", facts.latencyMillis())
                .field("model", facts.model())
                .field("price_version", facts.priceVersion());
        if (facts.providerCostPicoUsd() != facts.costPicoUsd()) {
            out.field("provider_cost_pico_usd", facts.providerCostPicoUsd());
        }
        out.optional("reason", facts.reason())
                .field("request_id", facts.requestId())
                .optional("stale", facts.stale())
                .field("status", facts.status().wireName())
                .optional("stop_reason", facts.stopReason())
                .field("usage");
        write(out, facts.usage());
        out.endObject();
    }

    /** A command. */
    public static void write(CanonicalWriter out, CommandEvent command) {
        out.beginObject()
                .field("command_id", command.commandId())
                .field("name", command.name())
                .optional("subject", command.subject())
                .endObject();
    }

    private static void write(CanonicalWriter out, Usage usage) {
        out.beginObject().field("cache_read_tokens", usage.cacheReadTokens());
        if (usage.cacheWrite1hTokens() != 0) {
            out.field("cache_write_1h_tokens", usage.cacheWrite1hTokens());
        }
        out.field("cache_write_tokens", usage.cacheWriteTokens())
                .optional("estimated", usage.estimated())
                .field("input_tokens", usage.inputTokens())
                .field("output_tokens", usage.outputTokens())
                .endObject();
    }

    private static void write(CanonicalWriter out, Labels labels) {
        out.beginObject()
                .optional("agent_id", labels.agentId())
                .field("endpoint", labels.endpoint());
        if (!labels.metadata().isEmpty()) {
            out.field("metadata").beginObject();
            new TreeMap<>(labels.metadata()).forEach(out::field);
            out.endObject();
        }
        out.optional("session", labels.session()).optional("user_id", labels.userId()).endObject();
    }

    private static void write(CanonicalWriter out, Map<String, ReservePrice> prices) {
        out.beginObject();
        new TreeMap<>(prices)
                .forEach(
                        (model, price) -> {
                            out.field(model).beginList();
                            for (int i = 0; i < price.steps(); i++) {
                                out.beginObject()
                                        .field("above", price.aboveInputTokens(i))
                                        .field("input", price.inputPicoUsd(i))
                                        .field("output", price.outputPicoUsd(i))
                                        .endObject();
                            }
                            out.endList();
                        });
        out.endObject();
    }

    private static void write(CanonicalWriter out, EffectivePolicy policy, boolean whole) {
        out.beginObject();
        if (!whole) {
            out.field("hash", policy.hash()).field("version", policy.version()).endObject();
            return;
        }
        out.optional("allowed_models", policy.allowedModels());
        if (policy.ambiguous() != AmbiguousAction.RETRY) {
            out.field("ambiguous", policy.ambiguous().wireName());
        }
        write(out, "budget_per_day", policy.dayBudget());
        write(out, "budget_per_month", policy.monthBudget());
        out.field("cache");
        write(out, policy.cache());
        out.field("cache_ttl_millis", policy.cache().llmTtlMillis()).field("hash", policy.hash());
        if (policy.isolation() != Isolation.POOLED) {
            out.field("isolation", policy.isolation().wireName());
        }
        out.field("max_concurrent", policy.maxConcurrent())
                .field("max_pending", policy.maxPending())
                .field("price_version", policy.priceVersion())
                .field("requests_per_day", policy.requestsPerDay())
                .field("requests_per_minute", policy.requestsPerMinute())
                .optional("shadow", policy.shadow())
                .field("tier", policy.tier())
                .field("tokens_per_minute", policy.tokensPerMinute())
                .field("version", policy.version())
                .field("weight", policy.weight())
                .endObject();
    }

    private static void write(CanonicalWriter out, CacheRules cache) {
        out.beginObject()
                .field("agent_ttl_millis", cache.agentTtlMillis())
                .field("sampled", cache.sampled())
                .field("session_tokens", cache.sessionTokens())
                .field("session_ttl_millis", cache.sessionTtlMillis())
                .field("session_turns", cache.sessionTurns())
                .endObject();
    }

    private static void write(CanonicalWriter out, String name, @Nullable Budget budget) {
        if (budget != null) {
            out.field(name)
                    .beginObject()
                    .field("action", budget.action().wireName())
                    .optional("downgrade_to", budget.downgradeTo())
                    .field("limit_pico_usd", budget.limitPicoUsd())
                    .endObject();
        }
    }
}
