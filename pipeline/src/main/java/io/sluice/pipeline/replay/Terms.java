package io.sluice.pipeline.replay;

import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.PriceBook;
import io.sluice.contract.PriceList;
import io.sluice.contract.policy.ResolvedPolicy;
import java.util.HashMap;
import java.util.Map;

/**
 * What a tenant's requests are judged and billed by: its policy, and the prices in force at the
 * time of each. Not thread-safe.
 */
final class Terms {
    private final ResolvedPolicy resolved;
    private final PriceBook prices;
    private final Map<PriceList, DatedTerms> termsByPrices = new HashMap<>();

    Terms(ResolvedPolicy resolved, PriceBook prices) {
        this.resolved = resolved;
        this.prices = prices;
    }

    EffectivePolicy policy() {
        return resolved.effective();
    }

    /** Those of requests that are decided at that time, epoch milliseconds. */
    DatedTerms at(long decidedAtMillis) {
        return termsByPrices.computeIfAbsent(
                prices.at(decidedAtMillis), list -> new DatedTerms(resolved, list));
    }
}
