package io.sluice.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.ServiceTier;

/** JSON of a result item: its fields are the item's attributes in the table. */
public final class ResultItemJson {
    private ResultItemJson() {}

    /** A result item as a tree. */
    public static ObjectNode write(ResultItem item) {
        ObjectNode node =
                Json.object()
                        .put("tenant_id", item.tenantId())
                        .put("request_id", item.requestId())
                        .put("status", item.status().wireName());
        node.set("decision", DecisionJson.write(item.decision()));
        if (item.output() != null) {
            node.put("output", item.output());
        }
        if (item.region() != null) {
            node.put("region", item.region());
        }
        if (item.serviceTier() != null) {
            node.put("service_tier", item.serviceTier().wireName());
        }
        if (item.stale()) {
            node.put("stale", true);
        }
        node.set("usage", UsageJson.write(item.usage()));
        ProviderCostJson.write(
                node, item.costPicoUsd(), item.providerCostPicoUsd(), item.estimatedCostPicoUsd());
        if (item.possibleDuplicate()) {
            node.put("possible_duplicate", true);
        }
        IsolationJson.write(node, item.isolation());
        return node.put("cost_pico_usd", item.costPicoUsd())
                .put("price_version", item.priceVersion())
                .put("model", item.model())
                .put("endpoint", item.endpoint())
                .put("attempt", item.attempt())
                .put("latency_ms", item.latencyMillis())
                .put("received_at_millis", item.receivedAtMillis())
                .put("finished_at_millis", item.finishedAtMillis())
                .put("expires_at", item.expiresAtSeconds());
    }

    /** The result item of a tree; throws {@link MalformedJsonException} if it is none. */
    public static ResultItem read(JsonNode node) {
        Fields fields = Fields.of("result", node);
        return ResultItem.builder()
                .tenantId(fields.text("tenant_id"))
                .requestId(fields.text("request_id"))
                .status(fields.word("status", ResultStatus::ofWireName))
                .decision(DecisionJson.read(fields.object("decision")))
                .output(fields.optionalText("output"))
                .usage(UsageJson.read(fields.object("usage")))
                .costPicoUsd(fields.number("cost_pico_usd"))
                .providerCostPicoUsd(ProviderCostJson.exact(fields))
                .estimatedCostPicoUsd(ProviderCostJson.estimated(fields))
                .priceVersion(fields.text("price_version"))
                .model(fields.text("model"))
                .region(fields.optionalText("region"))
                .serviceTier(
                        fields.has("service_tier")
                                ? fields.word("service_tier", ServiceTier::ofWireName)
                                : null)
                .stale(fields.flag("stale", false))
                .endpoint(fields.text("endpoint"))
                .attempt(fields.smallNumber("attempt"))
                .possibleDuplicate(fields.flag("possible_duplicate", false))
                .latencyMillis(fields.number("latency_ms"))
                .receivedAtMillis(fields.number("received_at_millis"))
                .finishedAtMillis(fields.number("finished_at_millis"))
                .expiresAtSeconds(fields.number("expires_at"))
                .isolation(IsolationJson.read(fields))
                .build();
    }
}
