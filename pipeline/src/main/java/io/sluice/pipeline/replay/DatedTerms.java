package io.sluice.pipeline.replay;

import io.sluice.contract.Budget;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.ModelPrice;
import io.sluice.contract.PriceList;
import io.sluice.contract.ReservePrice;
import io.sluice.contract.Route;
import io.sluice.contract.Usage;
import io.sluice.contract.policy.ResolvedPolicy;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's requests are billed by while one list of prices is in force: those of the models
 * that it asks and that its budgets turn to. Not thread-safe.
 */
final class DatedTerms {
    /** Models whose prices are remembered; there are hardly more, but a file may say anything. */
    private static final int MOST_REMEMBERED = 1_000;

    private final ResolvedPolicy resolved;
    private final EffectivePolicy policy;
    private final PriceList prices;
    private final Map<String, Map<String, ModelPrice>> pricesByModel = new HashMap<>();
    private final Map<String, Map<String, ReservePrice>> reservesByName = new HashMap<>();

    DatedTerms(ResolvedPolicy resolved, PriceList prices) {
        this.resolved = resolved;
        this.policy = resolved.effective();
        this.prices = prices;
    }

    /**
     * What is held per token, by each model that may answer, for who asks {@code named} and so
     * {@code model}; cache writes are not held.
     */
    Map<String, ReservePrice> reserves(String named, String model) {
        Map<String, ReservePrice> known = reservesByName.get(named);
        if (known != null) {
            return known;
        }
        Map<String, ReservePrice> reserves = new TreeMap<>();
        pricesOf(model).forEach((id, price) -> reserves.put(id, price.reserve(false)));
        Route route = resolved.routeOf(named);
        if (route != null) {
            reserves.remove(model); // on its route it may cost more, or have no price
            route.reserve(prices, false).ifPresent(most -> reserves.put(model, most));
        }
        return remember(reservesByName, named, Collections.unmodifiableMap(reserves));
    }

    /** What a call that asked for {@code model} costs if {@code answering} answers it. */
    long costPicoUsd(String model, String answering, Usage usage) {
        ModelPrice price = pricesOf(model).get(answering);
        return price == null ? 0 : price.cost(usage);
    }

    /** Whether a model has a price. */
    boolean hasPrice(String model) {
        return prices.priceOf(model).isPresent();
    }

    /**
     * Checks that the cost of a call can be told, whichever model answers.
     *
     * @throws ArithmeticException if it cannot
     */
    void checkCost(String model, Usage usage) {
        for (ModelPrice price : pricesOf(model).values()) {
            price.cost(usage);
        }
    }

    private Map<String, ModelPrice> pricesOf(String model) {
        Map<String, ModelPrice> known = pricesByModel.get(model);
        if (known != null) {
            return known;
        }
        Map<String, ModelPrice> found = new TreeMap<>();
        find(model, found);
        findTarget(policy.dayBudget(), found);
        findTarget(policy.monthBudget(), found);
        return remember(pricesByModel, model, Collections.unmodifiableMap(found));
    }

    private void findTarget(@Nullable Budget budget, Map<String, ModelPrice> found) {
        String target = budget == null ? null : budget.downgradeTo();
        if (target != null) {
            find(target, found);
        }
    }

    private void find(String model, Map<String, ModelPrice> found) {
        Optional<ModelPrice> price = prices.priceOf(model);
        price.ifPresent(value -> found.put(model, value));
    }

    private static <V> V remember(Map<String, V> known, String model, V value) {
        if (known.size() < MOST_REMEMBERED) {
            known.put(model, value);
        }
        return value;
    }
}
