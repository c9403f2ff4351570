package io.sluice.local.command.export;

import io.sluice.contract.Money;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.local.command.ledger.Days;
import java.util.List;

/** Every counter of a usage row, under the names that the usage API has. */
final class PlainForm implements ShowbackForm {
    @Override
    public List<String> header() {
        return List.of(
                "tenant_id",
                "day",
                "model",
                "endpoint",
                "agent_id",
                "cost_center",
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
                "cost_usd");
    }

    @Override
    public boolean takes(UsageItem row) {
        return true;
    }

    @Override
    public List<String> cells(UsageItem row) {
        UsageKey key = row.key();
        UsageCounts counts = row.counts();
        return List.of(
                CsvLines.text(row.tenantId()),
                Days.day(key.windowStartMillis()),
                ShowbackForm.label(key.model()),
                ShowbackForm.label(key.endpoint()),
                ShowbackForm.label(key.agentId()),
                ShowbackForm.label(key.costCenter()),
                Long.toString(counts.requests()),
                Long.toString(counts.admitted()),
                Long.toString(counts.rejected()),
                Long.toString(counts.cacheHits()),
                Long.toString(counts.coalesced()),
                Long.toString(counts.failed()),
                Long.toString(counts.inputTokens()),
                Long.toString(counts.outputTokens()),
                Long.toString(counts.cacheReadTokens()),
                Long.toString(counts.cacheWriteTokens()),
                Money.toUsd(counts.costPicoUsd()));
    }
}
