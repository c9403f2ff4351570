package io.sluice.ingress.usage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.UsageCounts;
import java.math.BigDecimal;
import java.math.BigInteger;

/** A sum of usage counts; cost is added without a bound. Not thread-safe. */
public final class UsageSum {
    private static final int PICO = 12;

    private long requests;
    private long admitted;
    private long rejected;
    private long cacheHits;
    private long coalesced;
    private long failed;
    private long inputTokens;
    private long outputTokens;
    private long cacheReadTokens;
    private long cacheWriteTokens;
    private BigInteger costPicoUsd = BigInteger.ZERO;
    private BigInteger providerCostPicoUsd = BigInteger.ZERO;
    private BigInteger estimatedCostPicoUsd = BigInteger.ZERO;

    /** Adds the counts of a window. */
    public void add(UsageCounts counts) {
        requests += counts.requests();
        admitted += counts.admitted();
        rejected += counts.rejected();
        cacheHits += counts.cacheHits();
        coalesced += counts.coalesced();
        failed += counts.failed();
        inputTokens += counts.inputTokens();
        outputTokens += counts.outputTokens();
        cacheReadTokens += counts.cacheReadTokens();
        cacheWriteTokens += counts.cacheWriteTokens();
        costPicoUsd = costPicoUsd.add(BigInteger.valueOf(counts.costPicoUsd()));
        providerCostPicoUsd =
                providerCostPicoUsd.add(BigInteger.valueOf(counts.providerCostPicoUsd()));
        estimatedCostPicoUsd =
                estimatedCostPicoUsd.add(BigInteger.valueOf(counts.estimatedCostPicoUsd()));
    }

    /** Adds another sum. */
    public void add(UsageSum other) {
        requests += other.requests;
        admitted += other.admitted;
        rejected += other.rejected;
        cacheHits += other.cacheHits;
        coalesced += other.coalesced;
        failed += other.failed;
        inputTokens += other.inputTokens;
        outputTokens += other.outputTokens;
        cacheReadTokens += other.cacheReadTokens;
        cacheWriteTokens += other.cacheWriteTokens;
        costPicoUsd = costPicoUsd.add(other.costPicoUsd);
        providerCostPicoUsd = providerCostPicoUsd.add(other.providerCostPicoUsd);
        estimatedCostPicoUsd = estimatedCostPicoUsd.add(other.estimatedCostPicoUsd);
    }

    /** Requests decided. */
    public long requests() {
        return requests;
    }

    /** Of these, admitted. */
    public long admitted() {
        return admitted;
    }

    /** Of these, rejected. */
    public long rejected() {
        return rejected;
    }

    /** Of the admitted, served from the cache. */
    public long cacheHits() {
        return cacheHits;
    }

    /** Cost billed, 10^-12 USD. */
    public BigInteger costPicoUsd() {
        return costPicoUsd;
    }

    /** Adds the counts to a row; cost as an exact decimal string. */
    public ObjectNode writeTo(ObjectNode row) {
        return row.put("requests", requests)
                .put("admitted", admitted)
                .put("rejected", rejected)
                .put("cache_hits", cacheHits)
                .put("coalesced", coalesced)
                .put("failed", failed)
                .put("input_tokens", inputTokens)
                .put("output_tokens", outputTokens)
                .put("cache_read_tokens", cacheReadTokens)
                .put("cache_write_tokens", cacheWriteTokens)
                .put("cost_usd", usd(costPicoUsd));
    }

    /**
     * Adds what the provider is paid, for administrators: exactly, and by estimate for calls whose
     * end nobody knows.
     */
    ObjectNode writeProviderTo(ObjectNode row) {
        return row.put("provider_cost_usd", usd(providerCostPicoUsd))
                .put("estimated_cost_usd", usd(estimatedCostPicoUsd));
    }

    /** An amount of 10^-12 USD as an exact decimal string in USD, without trailing zeros. */
    public static String usd(BigInteger picoUsd) {
        return picoUsd.signum() == 0
                ? "0"
                : new BigDecimal(picoUsd, PICO).stripTrailingZeros().toPlainString();
    }
}
