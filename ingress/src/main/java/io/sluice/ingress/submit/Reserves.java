package io.sluice.ingress.submit;

import io.sluice.contract.Budget;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.PriceBook;
import io.sluice.contract.PriceList;
import io.sluice.contract.ReservePrice;
import io.sluice.contract.Route;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a request carries for holding money: the most that a token of each possible model costs. */
final class Reserves {
    /**
     * Whether input tokens are held at what reading or writing the provider's cache costs, for an
     * hour too, where that is dearer. Requests cannot ask for it, but whether a provider caches by
     * itself is not theirs to say, and a hold must not be below the price.
     */
    private static final boolean AROUND_CACHE = true;

    /**
     * How far the time at which the engine decides, which chooses the prices, may lie from the time
     * at which the ingress received: clocks are apart, and an append may take a while. Within that,
     * the dearest of the prices counts.
     */
    private static final long DECISION_LIES_WITHIN_MILLIS = 300_000;

    private Reserves() {}

    /**
     * By model, for the one asked for and those that budgets turn to; without the unpriced. The one
     * asked for is as dear as the dearest target of its route, null for the model alone.
     */
    static Map<String, ReservePrice> of(
            String model,
            @Nullable Route route,
            EffectivePolicy policy,
            PriceBook book,
            long receivedAtMillis) {
        List<PriceList> lists =
                book.between(
                        receivedAtMillis - DECISION_LIES_WITHIN_MILLIS,
                        receivedAtMillis + DECISION_LIES_WITHIN_MILLIS);
        Map<String, ReservePrice> prices = new TreeMap<>();
        for (String id : downgradeTargets(policy)) {
            dearest(Route.to(id), lists).ifPresent(price -> prices.put(id, price));
        }
        prices.remove(model); // on its route it may cost more, or have no price
        dearest(route == null ? Route.to(model) : route, lists)
                .ifPresent(price -> prices.put(model, price));
        return prices;
    }

    /** Empty if the route has no price in one of the lists, because then no sum is enough. */
    private static Optional<ReservePrice> dearest(Route route, List<PriceList> lists) {
        ReservePrice most = null;
        for (PriceList list : lists) {
            Optional<ReservePrice> own = route.reserve(list, AROUND_CACHE);
            if (own.isEmpty()) {
                return own;
            }
            most = most == null ? own.get() : most.max(own.get());
        }
        return Optional.ofNullable(most);
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
