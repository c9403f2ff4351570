package io.sluice.sinks.relational;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.contract.json.UsageItemJson;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Rows of usage windows: absolute counts, of which the highest version stands. */
final class UsageWindowRows implements RowSql {
    private static final List<String> KEY =
            List.of(
                    "tenant_id",
                    "granularity",
                    "window_start",
                    "model",
                    "endpoint",
                    "agent_id",
                    "cost_center",
                    "late_day");
    private static final List<String> VALUES =
            List.of(
                    "requests",
                    "admitted",
                    "rejected",
                    "cache_hits",
                    "coalesced",
                    "failed",
                    "input_tokens",
                    "output_tokens",
                    "cache_read_tokens",
                    "cache_write_tokens",
                    "cost_usd",
                    "provider_cost_usd",
                    "estimated_cost_usd",
                    "version");

    private static final String UPSERT = UpsertText.ifNewer("usage_windows", KEY, VALUES);

    @Override
    public String upsert() {
        return UPSERT;
    }

    @Override
    public void bind(JsonNode json, Parameters parameters) throws SQLException {
        UsageItem item = UsageItemJson.read(json);
        UsageKey key = item.key();
        UsageCounts counts = item.counts();
        parameters
                .text(item.tenantId())
                .text(key.granularity().wireName())
                .time(key.windowStartMillis())
                .text(key.model())
                .text(key.endpoint())
                .text(key.agentId())
                .text(key.costCenter())
                .day(lateDay(key))
                .whole(counts.requests())
                .whole(counts.admitted())
                .whole(counts.rejected())
                .whole(counts.cacheHits())
                .whole(counts.coalesced())
                .whole(counts.failed())
                .whole(counts.inputTokens())
                .whole(counts.outputTokens())
                .whole(counts.cacheReadTokens())
                .whole(counts.cacheWriteTokens())
                .usd(counts.costPicoUsd())
                .usd(counts.providerCostPicoUsd())
                .usd(counts.estimatedCostPicoUsd())
                .whole(item.version())
                .add();
    }

    /** A key has no NULL: a row of settlements that came in time has a day before all days. */
    private static LocalDate lateDay(UsageKey key) {
        return key.lateDayMillis() == UsageKey.ON_TIME
                ? LocalDate.MIN
                : Instant.ofEpochMilli(key.lateDayMillis()).atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
