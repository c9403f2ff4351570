package io.sluice.ingress.usage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Money;
import io.sluice.contract.UsageCounts;
import java.math.BigInteger;

/** A sum of usage counts over rows, windows and tenants; cost has no bound. Not thread-safe. */
public final class UsageSum {
    private UsageCounts sum = UsageCounts.ZERO;

    /** Adds the counts of a row. */
    public void add(UsageCounts counts) {
        sum = sum.plus(counts);
    }

    /** Adds another sum. */
    public void add(UsageSum other) {
        add(other.sum);
    }

    /** Requests decided. */
    public long requests() {
        return sum.requests();
    }

    /** Of these, admitted. */
    public long admitted() {
        return sum.admitted();
    }

    /** Of these, rejected. */
    public long rejected() {
        return sum.rejected();
    }

    /** Of the admitted, served from the cache. */
    public long cacheHits() {
        return sum.cacheHits();
    }

    /** Cost billed, 10^-12 USD. */
    public BigInteger costPicoUsd() {
        return sum.costPicoUsd();
    }

    /** Adds the counts to a row; cost as an exact decimal string. */
    public ObjectNode writeTo(ObjectNode row) {
        return row.put("requests", sum.requests())
                .put("admitted", sum.admitted())
                .put("rejected", sum.rejected())
                .put("cache_hits", sum.cacheHits())
                .put("coalesced", sum.coalesced())
                .put("failed", sum.failed())
                .put("input_tokens", sum.inputTokens())
                .put("output_tokens", sum.outputTokens())
                .put("cache_read_tokens", sum.cacheReadTokens())
                .put("cache_write_tokens", sum.cacheWriteTokens())
                .put("cost_usd", Money.toUsd(sum.costPicoUsd()));
    }

    /**
     * Adds what the provider is paid, for administrators: exactly, and by estimate for calls whose
     * end nobody knows.
     */
    ObjectNode writeProviderTo(ObjectNode row) {
        return row.put("provider_cost_usd", Money.toUsd(sum.providerCostPicoUsd()))
                .put("estimated_cost_usd", Money.toUsd(sum.estimatedCostPicoUsd()));
    }
}
