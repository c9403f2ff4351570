package io.sluice.pipeline.replay;

import io.sluice.contract.Decision;
import io.sluice.contract.UsageCounts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What became of a number of requests. Not thread-safe. */
public final class Totals {
    private static final int USD_PLACES = 12;

    private final SortedMap<String, Long> rejected = new TreeMap<>();
    private final SortedMap<String, Long> shadowed = new TreeMap<>();
    private final SortedMap<String, Long> warned = new TreeMap<>();
    private final ExactSum inputTokens = new ExactSum();
    private final ExactSum outputTokens = new ExactSum();
    private final ExactSum costPicoUsd = new ExactSum();
    private long admitted;
    private long cacheHits;
    private long coalesced;
    private long downgraded;
    private long unpriced;

    /** Requests: the admitted and the rejected. */
    public long requests() {
        return admitted + rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Requests admitted, cache hits and coalesced ones included. */
    public long admitted() {
        return admitted;
    }

    /** Of the admitted, those answered from the cache. */
    public long cacheHits() {
        return cacheHits;
    }

    /** Of the admitted, those that got the answer of an identical call in flight. */
    public long coalesced() {
        return coalesced;
    }

    /** Of the admitted, those that a spent budget turned to a cheaper model. */
    public long downgraded() {
        return downgraded;
    }

    /** Of the admitted, those whose model has no price, so that they cost nothing here. */
    public long unpriced() {
        return unpriced;
    }

    /** Requests rejected, by reason. */
    public SortedMap<String, Long> rejected() {
        return Collections.unmodifiableSortedMap(rejected);
    }

    /** Requests that a limit in shadow would have refused, by limit. */
    public SortedMap<String, Long> shadowed() {
        return Collections.unmodifiableSortedMap(shadowed);
    }

    /** Requests decided while a budget that warns or downgrades was spent, by budget. */
    public SortedMap<String, Long> warned() {
        return Collections.unmodifiableSortedMap(warned);
    }

    /** Input tokens of the calls made. */
    public BigInteger inputTokens() {
        return inputTokens.value();
    }

    /** Output tokens of the calls made. */
    public BigInteger outputTokens() {
        return outputTokens.value();
    }

    /** What the calls cost, 10^-12 USD. */
    public BigInteger costPicoUsd() {
        return costPicoUsd.value();
    }

    /** What the calls cost in USD, exact, without exponent or trailing zeros. */
    public String costUsd() {
        BigDecimal usd = new BigDecimal(costPicoUsd(), USD_PLACES).stripTrailingZeros();
        return usd.signum() == 0 ? "0" : usd.toPlainString();
    }

    void count(Decision decision) {
        switch (decision.outcome()) {
            case REJECTED:
                increment(rejected, String.valueOf(decision.reason()));
                break;
            case CACHE_HIT:
                cacheHits++;
                admitted++;
                break;
            case COALESCED:
                coalesced++;
                admitted++;
                break;
            case INVOKED:
                admitted++;
                unpriced += decision.unpriced() ? 1 : 0;
                downgraded += decision.downgradedTo() == null ? 0 : 1;
                break;
        }
        decision.shadow().forEach(limit -> increment(shadowed, limit));
        decision.warnings().forEach(budget -> increment(warned, budget));
    }

    void count(UsageCounts used) {
        inputTokens.add(used.inputTokens());
        outputTokens.add(used.outputTokens());
        costPicoUsd.add(used.costPicoUsd());
    }

    void add(Totals other) {
        other.rejected.forEach((reason, n) -> rejected.merge(reason, n, Long::sum));
        other.shadowed.forEach((limit, n) -> shadowed.merge(limit, n, Long::sum));
        other.warned.forEach((budget, n) -> warned.merge(budget, n, Long::sum));
        inputTokens.add(other.inputTokens);
        outputTokens.add(other.outputTokens);
        costPicoUsd.add(other.costPicoUsd);
        admitted += other.admitted;
        cacheHits += other.cacheHits;
        coalesced += other.coalesced;
        downgraded += other.downgraded;
        unpriced += other.unpriced;
    }

    private static void increment(SortedMap<String, Long> counts, String key) {
        counts.merge(key, 1L, Long::sum);
    }
}
