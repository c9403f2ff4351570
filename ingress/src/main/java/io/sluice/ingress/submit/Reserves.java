package io.sluice.ingress.submit;

import io.sluice.contract.Budget;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.PriceBook;
import io.sluice.contract.ReservePrice;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a request carries for holding money: the most that a token of each possible model costs. */
final class Reserves {
    /**
     * Whether input tokens are held at what writing the provider's cache costs, where that is
     * dearer. Requests cannot ask for it, but whether a provider caches by itself is not theirs to
     * say, and a hold must not be below the price.
     */
    private static final boolean WRITES_CACHE = true;

    private Reserves() {}

    /** By model, for the one asked for and those that budgets turn to; without the unpriced. */
    static Map<String, ReservePrice> of(String model, EffectivePolicy policy, PriceBook book) {
        Set<String> models = downgradeTargets(policy);
        models.add(model);
        Map<String, ReservePrice> prices = new TreeMap<>();
        for (String id : models) {
            book.priceOf(id).ifPresent(price -> prices.put(id, price.reserve(WRITES_CACHE)));
        }
        return prices;
    }

    /** The models that a policy's budgets turn to. */
    static Set<String> downgradeTargets(EffectivePolicy policy) {
        Set<String> models = new TreeSet<>();
        Stream.of(policy.dayBudget(), policy.monthBudget())
                .filter(Objects::nonNull)
                .map(Budget::downgradeTo)
                .filter(Objects::nonNull)
                .forEach(models::add);
        return models;
    }
}
