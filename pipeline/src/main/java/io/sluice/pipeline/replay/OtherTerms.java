package io.sluice.pipeline.replay;

import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.ModelPrice;
import io.sluice.contract.PriceBook;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ReservePrice;
import io.sluice.contract.Usage;
import io.sluice.contract.policy.PolicyDocument;
import io.sluice.contract.policy.PolicyEntry;
import io.sluice.contract.policy.ResolvedPolicy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The terms under which a history is told again: another policy, other prices, or both; what is not
 * given is as it was. A tenant keeps the tier that it had at the time; what an administrator
 * overrode is not known to a policy file and is left out. Not thread-safe.
 */
public final class OtherTerms {
    private final @Nullable PolicyDocument policy;
    private final @Nullable PriceBook prices;
    private final Function<String, PriceBook> recordedPrices;
    private final Map<String, ResolvedPolicy> resolved = new HashMap<>();

    /**
     * Other terms.
     *
     * @param policy null for each request's own
     * @param prices null for each call's own
     * @param recordedPrices the book of a version that a record names, for calls that never
     *     happened
     */
    public OtherTerms(
            @Nullable PolicyDocument policy,
            @Nullable PriceBook prices,
            Function<String, PriceBook> recordedPrices) {
        this.policy = policy;
        this.prices = prices;
        this.recordedPrices = recordedPrices;
    }

    /** A request as it would have come. */
    RequestFacts of(RequestFacts facts) {
        if (policy == null && prices == null) {
            return facts;
        }
        EffectivePolicy other = of(facts.tenantId(), facts.policy());
        return facts.toBuilder().policy(other).prices(reserves(facts, other)).build();
    }

    private EffectivePolicy of(String tenantId, EffectivePolicy own) {
        PolicyDocument document = policy;
        if (document == null) {
            return own;
        }
        String key = tenantId + ' ' + own.tier();
        ResolvedPolicy found = resolved.get(key);
        if (found == null) {
            String version = prices == null ? own.priceVersion() : prices.version();
            found =
                    document.policyOf(tenantId, own.tier(), PolicyEntry.NONE, version, 1)
                            .or(
                                    () ->
                                            document.policyOf(
                                                    tenantId, null, PolicyEntry.NONE, version, 1))
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "the policy has no tier " + own.tier()));
            resolved.put(key, found);
        }
        return found.withVersion(own.version()).effective();
    }

    /** What is held per token, by each model that may answer. */
    private Map<String, ReservePrice> reserves(RequestFacts facts, EffectivePolicy other) {
        Map<String, ReservePrice> reserves = new TreeMap<>();
        if (prices == null) {
            reserves.putAll(facts.prices());
        }
        PriceBook book = book(facts.policy());
        add(reserves, book, facts.model(), facts);
        if (other.dayBudget() != null && other.dayBudget().downgradeTo() != null) {
            add(reserves, book, other.dayBudget().downgradeTo(), facts);
        }
        if (other.monthBudget() != null && other.monthBudget().downgradeTo() != null) {
            add(reserves, book, other.monthBudget().downgradeTo(), facts);
        }
        return reserves;
    }

    private static void add(
            Map<String, ReservePrice> reserves,
            PriceBook book,
            @Nullable String model,
            RequestFacts facts) {
        if (model != null && !reserves.containsKey(model)) {
            book.at(facts.receivedAtMillis())
                    .priceOf(model)
                    .ifPresent(price -> reserves.put(model, price.reserve(false)));
        }
    }

    private PriceBook book(EffectivePolicy own) {
        return prices == null ? recordedPrices.apply(own.priceVersion()) : prices;
    }

    /** Whether calls that happened are billed anew. */
    boolean bills() {
        return prices != null;
    }

    /** What a call would have cost: nothing if its model has no price. */
    long costPicoUsd(RequestFacts facts, String answering, Usage usage) {
        Optional<ModelPrice> price =
                book(facts.policy()).at(facts.receivedAtMillis()).priceOf(answering);
        return price.isPresent() ? price.get().cost(usage) : 0;
    }
}
