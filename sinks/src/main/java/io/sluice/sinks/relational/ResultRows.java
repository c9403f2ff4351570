package io.sluice.sinks.relational;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.Decision;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ServiceTier;
import io.sluice.contract.Usage;
import io.sluice.contract.json.ResultItemJson;
import java.sql.SQLException;
import java.util.List;

/** Rows of results: final, so the first one of a request stands, as it does in DynamoDB. */
final class ResultRows implements RowSql {
    private static final List<String> KEY = List.of("tenant_id", "request_id");
    private static final List<String> VALUES =
            List.of(
                    "status",
                    "decision",
                    "reason",
                    "downgraded_to",
                    "policy_version",
                    "model",
                    "endpoint",
                    "region",
                    "service_tier",
                    "input_tokens",
                    "output_tokens",
                    "cache_read_tokens",
                    "cache_write_tokens",
                    "usage_estimated",
                    "cost_usd",
                    "provider_cost_usd",
                    "estimated_cost_usd",
                    "price_version",
                    "unpriced",
                    "stale",
                    "attempt",
                    "possible_duplicate",
                    "latency_ms",
                    "decided_at",
                    "received_at",
                    "finished_at");

    private static final String UPSERT = UpsertText.ifAbsent("results", KEY, VALUES);

    /** What the mirror has of a result: nothing of the answer, nor the limits at the time. */
    static ResultItem metadata(ResultItem item) {
        return item.toBuilder()
                .output(null)
                .decision(item.decision().toBuilder().limits(List.of()).build())
                .build();
    }

    @Override
    public String upsert() {
        return UPSERT;
    }

    @Override
    public void bind(JsonNode json, Parameters parameters) throws SQLException {
        ResultItem item = ResultItemJson.read(json);
        Decision decision = item.decision();
        Usage usage = item.usage();
        ServiceTier tier = item.serviceTier();
        parameters
                .text(item.tenantId())
                .text(item.requestId())
                .text(item.status().wireName())
                .text(decision.outcome().wireName())
                .text(decision.reason())
                .text(decision.downgradedTo())
                .whole(decision.policyVersion())
                .text(item.model())
                .text(item.endpoint())
                .text(item.region())
                .text(tier == null ? null : tier.wireName())
                .whole(usage.inputTokens())
                .whole(usage.outputTokens())
                .whole(usage.cacheReadTokens())
                .whole(usage.cacheWriteTokens())
                .flag(usage.estimated())
                .usd(item.costPicoUsd())
                .usd(item.providerCostPicoUsd())
                .usd(item.estimatedCostPicoUsd())
                .text(item.priceVersion())
                .flag(decision.unpriced())
                .flag(item.stale())
                .whole(item.attempt())
                .flag(item.possibleDuplicate())
                .whole(item.latencyMillis())
                .time(decision.decidedAtMillis())
                .time(item.receivedAtMillis())
                .time(item.finishedAtMillis())
                .add();
    }
}
