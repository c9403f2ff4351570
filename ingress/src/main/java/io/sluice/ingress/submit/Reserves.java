package io.sluice.ingress.submit;

import io.sluice.contract.Budget;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.PriceBook;
import io.sluice.contract.ReservePrice;
import io.sluice.contract.Route;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a request carries for holding money: the most that a token of each possible model costs. */
final class Reserves {
    /**
     * Whether input tokens are held at what writing the provider's cache costs, where that is
     * dearer. Requests cannot ask for it, but whether a provider caches by itself is not theirs to
     * say, and a hold must not be below the price.
     */
    private static final boolean WRITES_CACHE = true;

    private Reserves() {}

    /**
     * By model, for the one asked for and those that budgets turn to; without the unpriced. The one
     * asked for is as dear as the dearest target of its route, null for the model alone.
     */
    static Map<String, ReservePrice> of(
            String model, @Nullable Route route, EffectivePolicy policy, PriceBook book) {
        Map<String, ReservePrice> prices = new TreeMap<>();
        for (String id : downgradeTargets(policy)) {
            book.priceOf(id).ifPresent(price -> prices.put(id, price.reserve(WRITES_CACHE)));
        }
        prices.remove(model); // on its route it may cost more, or have no price
        Route own = route == null ? Route.to(model) : route;
        own.reserve(book, WRITES_CACHE).ifPresent(price -> prices.put(model, price));
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
