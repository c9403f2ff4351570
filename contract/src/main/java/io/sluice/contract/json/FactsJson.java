package io.sluice.contract.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.CacheMode;
import io.sluice.contract.CommandEvent;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Labels;
import io.sluice.contract.Names;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.Priority;
import io.sluice.contract.RequestFacts;
import org.jspecify.annotations.Nullable;

/** JSON of what the engine may know of an event. */
public final class FactsJson {
    private FactsJson() {}

    /** A request's facts as a tree. */
    public static ObjectNode write(RequestFacts facts) {
        ObjectNode node =
                Json.object()
                        .put("tenant_id", facts.tenantId())
                        .put("request_id", facts.requestId())
                        .put("received_at_millis", facts.receivedAtMillis())
                        .put("model", facts.model())
                        .put("prompt_hash", facts.promptHash())
                        .put("cache_mode", facts.cacheMode().wireName())
                        .put("estimated_input_tokens", facts.estimatedInputTokens())
                        .put("max_tokens", facts.maxTokens())
                        .put("priority", facts.priority().wireName())
                        .put("deadline_at_millis", facts.deadlineAtMillis());
        node.set("policy", write(facts.policy()));
        node.set("labels", write(facts.labels()));
        return node;
    }

    /** An outcome's facts as a tree. */
    public static ObjectNode write(OutcomeFacts facts) {
        ObjectNode node =
                Json.object()
                        .put("tenant_id", facts.tenantId())
                        .put("request_id", facts.requestId())
                        .put("attempt", facts.attempt())
                        .put("finished_at_millis", facts.finishedAtMillis())
                        .put("status", facts.status().wireName())
                        .put("model", facts.model())
                        .put("complete", facts.complete())
                        .put("cost_pico_usd", facts.costPicoUsd())
                        .put("price_version", facts.priceVersion())
                        .put("latency_millis", facts.latencyMillis());
        putIfPresent(node, "reason", facts.reason());
        putIfPresent(node, "stop_reason", facts.stopReason());
        node.set("usage", UsageJson.write(facts.usage()));
        return node;
    }

    /** A policy as a tree. */
    public static ObjectNode write(EffectivePolicy policy) {
        return Json.object()
                .put("version", policy.version())
                .put("hash", policy.hash())
                .put("tier", policy.tier())
                .put("requests_per_minute", policy.requestsPerMinute())
                .put("requests_per_day", policy.requestsPerDay())
                .put("max_concurrent", policy.maxConcurrent())
                .put("cache_ttl_millis", policy.cacheTtlMillis())
                .put("price_version", policy.priceVersion());
    }

    static ObjectNode write(CommandEvent command) {
        ObjectNode node =
                Json.object()
                        .put("tenant_id", command.tenantId())
                        .put("command_id", command.commandId())
                        .put("name", command.name());
        putIfPresent(node, "subject", command.subject());
        return node;
    }

    static RequestFacts readRequest(Fields fields) {
        return RequestFacts.builder()
                .tenantId(tenantId(fields))
                .requestId(fields.text("request_id"))
                .receivedAtMillis(fields.number("received_at_millis"))
                .policy(readPolicy(fields.object("policy")))
                .model(fields.text("model"))
                .promptHash(fields.text("prompt_hash"))
                .cacheMode(fields.word("cache_mode", CacheMode::ofWireName))
                .estimatedInputTokens(fields.number("estimated_input_tokens"))
                .maxTokens(fields.number("max_tokens"))
                .priority(fields.word("priority", Priority::ofWireName))
                .deadlineAtMillis(fields.number("deadline_at_millis"))
                .labels(readLabels(fields.object("labels")))
                .build();
    }

    static OutcomeFacts readOutcome(Fields fields) {
        return OutcomeFacts.builder()
                .tenantId(tenantId(fields))
                .requestId(fields.text("request_id"))
                .attempt(fields.smallNumber("attempt"))
                .finishedAtMillis(fields.number("finished_at_millis"))
                .status(fields.word("status", OutcomeStatus::ofWireName))
                .reason(fields.optionalText("reason"))
                .model(fields.text("model"))
                .stopReason(fields.optionalText("stop_reason"))
                .complete(fields.flag("complete"))
                .usage(UsageJson.read(fields.object("usage")))
                .costPicoUsd(fields.number("cost_pico_usd"))
                .priceVersion(fields.text("price_version"))
                .latencyMillis(fields.number("latency_millis"))
                .build();
    }

    static CommandEvent readCommand(Fields fields, @Nullable String traceparent) {
        return CommandEvent.builder()
                .tenantId(tenantId(fields))
                .commandId(fields.text("command_id"))
                .name(fields.text("name"))
                .subject(fields.optionalText("subject"))
                .traceparent(traceparent)
                .build();
    }

    private static EffectivePolicy readPolicy(Fields fields) {
        return EffectivePolicy.builder()
                .version(fields.smallNumber("version"))
                .hash(fields.text("hash"))
                .tier(fields.text("tier"))
                .requestsPerMinute(fields.number("requests_per_minute"))
                .requestsPerDay(fields.number("requests_per_day"))
                .maxConcurrent(fields.smallNumber("max_concurrent"))
                .cacheTtlMillis(fields.number("cache_ttl_millis"))
                .priceVersion(fields.text("price_version"))
                .build();
    }

    private static ObjectNode write(Labels labels) {
        ObjectNode node = Json.object().put("endpoint", labels.endpoint());
        putIfPresent(node, "agent_id", labels.agentId());
        putIfPresent(node, "user_id", labels.userId());
        putIfPresent(node, "session", labels.session());
        if (!labels.metadata().isEmpty()) {
            labels.metadata().forEach(node.putObject("metadata")::put);
        }
        return node;
    }

    private static Labels readLabels(Fields fields) {
        return Labels.builder()
                .endpoint(fields.text("endpoint"))
                .agentId(fields.optionalText("agent_id"))
                .userId(fields.optionalText("user_id"))
                .session(fields.optionalText("session"))
                .metadata(fields.texts("metadata"))
                .build();
    }

    private static String tenantId(Fields fields) {
        String tenantId = fields.text("tenant_id");
        if (!Names.TENANT_ID.matcher(tenantId).matches()) {
            throw new MalformedJsonException(
                    "tenant_id: does not match " + Names.TENANT_ID.pattern());
        }
        return tenantId;
    }

    private static void putIfPresent(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }
}
