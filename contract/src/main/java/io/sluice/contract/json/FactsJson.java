package io.sluice.contract.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.CacheMode;
import io.sluice.contract.CommandEvent;
import io.sluice.contract.Labels;
import io.sluice.contract.Names;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.Priority;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ReservePrice;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
        putIfPresent(node, "task_hash", facts.taskHash());
        if (facts.sampled()) {
            node.put("sampled", true);
        }
        if (!facts.prices().isEmpty()) {
            node.set("prices", write(facts.prices()));
        }
        if (facts.ownRoute() != null) {
            node.set("route", RouteJson.write(facts.ownRoute()));
        }
        node.set("policy", PolicyJson.write(facts.policy()));
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
        ProviderCostJson.write(
                node,
                facts.costPicoUsd(),
                facts.providerCostPicoUsd(),
                facts.estimatedCostPicoUsd());
        putIfPresent(node, "reason", facts.reason());
        putIfPresent(node, "stop_reason", facts.stopReason());
        if (facts.stale()) {
            node.put("stale", true);
        }
        node.set("usage", UsageJson.write(facts.usage()));
        return node;
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
                .policy(PolicyJson.read(fields.object("policy")))
                .model(fields.text("model"))
                .promptHash(fields.text("prompt_hash"))
                .taskHash(fields.optionalText("task_hash"))
                .cacheMode(fields.word("cache_mode", CacheMode::ofWireName))
                .estimatedInputTokens(fields.number("estimated_input_tokens"))
                .maxTokens(fields.number("max_tokens"))
                .prices(readPrices(fields))
                .route(fields.has("route") ? RouteJson.read(fields.object("route")) : null)
                .sampled(fields.flag("sampled", false))
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
                .stale(fields.flag("stale", false))
                .usage(UsageJson.read(fields.object("usage")))
                .costPicoUsd(cost(fields))
                .providerCostPicoUsd(ProviderCostJson.exact(fields))
                .estimatedCostPicoUsd(ProviderCostJson.estimated(fields))
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

    private static ObjectNode write(Map<String, ReservePrice> prices) {
        ObjectNode node = Json.object();
        prices.forEach(
                (model, price) -> {
                    ArrayNode steps = node.putArray(model);
                    for (int i = 0; i < price.steps(); i++) {
                        steps.addObject()
                                .put("above", price.aboveInputTokens(i))
                                .put("input", price.inputPicoUsd(i))
                                .put("output", price.outputPicoUsd(i));
                    }
                });
        return node;
    }

    private static Map<String, ReservePrice> readPrices(Fields fields) {
        Map<String, ReservePrice> prices = new TreeMap<>();
        if (fields.has("prices")) {
            Fields models = fields.object("prices");
            models.names().forEach(model -> prices.put(model, readPrice(models, model)));
        }
        return prices;
    }

    private static ReservePrice readPrice(Fields models, String model) {
        List<Fields> steps = models.list(model, step -> step);
        try {
            return ReservePrice.of(
                    steps.stream().mapToLong(step -> step.number("above")).toArray(),
                    steps.stream().mapToLong(step -> step.number("input")).toArray(),
                    steps.stream().mapToLong(step -> step.number("output")).toArray());
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException("prices." + model + ": " + e.getMessage(), e);
        }
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

    /** A call never gives money back. */
    private static long cost(Fields fields) {
        long costPicoUsd = fields.number("cost_pico_usd");
        if (costPicoUsd < 0) {
            throw new MalformedJsonException(
                    "cost_pico_usd: seen " + costPicoUsd + ", expected 0 or more");
        }
        return costPicoUsd;
    }

    private static String tenantId(Fields fields) {
        String tenantId = fields.text("tenant_id");
        checkTenantId(tenantId);
        return tenantId;
    }

    static void checkTenantId(String tenantId) {
        if (!Names.TENANT_ID.matcher(tenantId).matches()) {
            throw new MalformedJsonException(
                    "tenant_id: does not match " + Names.TENANT_ID.pattern());
        }
    }

    private static void putIfPresent(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }
}
