package io.sluice.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Granularity;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;

/**
 * JSON of a usage item: its fields are the item's attributes in the table; {@code window} is the
 * range key.
 */
public final class UsageItemJson {
    private UsageItemJson() {}

    /** A usage item as a tree. */
    public static ObjectNode write(UsageItem item) {
        UsageKey key = item.key();
        UsageCounts counts = item.counts();
        ObjectNode node = counted(item, key, counts);
        ProviderCostJson.write(
                node,
                counts.costPicoUsd(),
                counts.providerCostPicoUsd(),
                counts.estimatedCostPicoUsd());
        if (key.lateDayMillis() != UsageKey.ON_TIME) {
            node.put("late_day_millis", key.lateDayMillis());
        }
        IsolationJson.write(node, item.isolation());
        return node.put("version", item.version());
    }

    private static ObjectNode counted(UsageItem item, UsageKey key, UsageCounts counts) {
        return Json.object()
                .put("tenant_id", item.tenantId())
                .put("window", key.rangeKey())
                .put("granularity", key.granularity().wireName())
                .put("window_start_millis", key.windowStartMillis())
                .put("model", key.model())
                .put("endpoint", key.endpoint())
                .put("agent_id", key.agentId())
                .put("cost_center", key.costCenter())
                .put("requests", counts.requests())
                .put("admitted", counts.admitted())
                .put("rejected", counts.rejected())
                .put("cache_hits", counts.cacheHits())
                .put("coalesced", counts.coalesced())
                .put("failed", counts.failed())
                .put("input_tokens", counts.inputTokens())
                .put("output_tokens", counts.outputTokens())
                .put("cache_read_tokens", counts.cacheReadTokens())
                .put("cache_write_tokens", counts.cacheWriteTokens())
                .put("cost_pico_usd", counts.costPicoUsd());
    }

    /** The usage item of a tree; throws {@link MalformedJsonException} if it is none. */
    public static UsageItem read(JsonNode node) {
        Fields fields = Fields.of("usage", node);
        return UsageItem.builder()
                .tenantId(fields.text("tenant_id"))
                .key(
                        UsageKey.builder()
                                .granularity(fields.word("granularity", Granularity::ofWireName))
                                .windowStartMillis(fields.number("window_start_millis"))
                                .model(fields.text("model"))
                                .endpoint(fields.text("endpoint"))
                                .agentId(fields.text("agent_id"))
                                .costCenter(fields.text("cost_center"))
                                .lateDayMillis(fields.number("late_day_millis", UsageKey.ON_TIME))
                                .build())
                .counts(
                        UsageCounts.builder()
                                .requests(fields.number("requests"))
                                .admitted(fields.number("admitted"))
                                .rejected(fields.number("rejected"))
                                .cacheHits(fields.number("cache_hits"))
                                .coalesced(fields.number("coalesced"))
                                .failed(fields.number("failed"))
                                .inputTokens(fields.number("input_tokens"))
                                .outputTokens(fields.number("output_tokens"))
                                .cacheReadTokens(fields.number("cache_read_tokens"))
                                .cacheWriteTokens(fields.number("cache_write_tokens"))
                                .costPicoUsd(fields.integer("cost_pico_usd"))
                                .providerCostPicoUsd(ProviderCostJson.exactSum(fields))
                                .estimatedCostPicoUsd(ProviderCostJson.estimatedSum(fields))
                                .build())
                .version(fields.number("version"))
                .isolation(IsolationJson.read(fields))
                .build();
    }
}
