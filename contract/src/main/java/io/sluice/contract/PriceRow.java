package io.sluice.contract;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One row of a price file: what a model costs in some scopes from an instant on, in each service
 * tier and in batches. Immutable.
 */
public final class PriceRow {
    /** The {@link #fromMillis} of rows that were always valid. */
    public static final long ALWAYS = Long.MIN_VALUE;

    private final SortedSet<String> scopes;
    private final long fromMillis;
    private final Map<ServiceTier, BigDecimal> multipliers;
    private final @Nullable BigDecimal batchMultiplier;
    private final Map<ServiceTier, ModelPrice> prices = new EnumMap<>(ServiceTier.class);
    private final @Nullable ModelPrice batch;

    /**
     * A row.
     *
     * @param scopes as {@link ModelName} knows them, at least one
     * @param fromMillis from when it is valid, epoch milliseconds, or {@link #ALWAYS}
     * @param standard the price in the standard tier
     * @param multipliers of the tiers that have a price; the standard one is 1
     * @param batchMultiplier of calls in batches; null if those have no price
     * @throws IllegalArgumentException if a multiplied price is no whole number of 10^-12 USD
     */
    public PriceRow(
            Collection<String> scopes,
            long fromMillis,
            ModelPrice standard,
            Map<ServiceTier, BigDecimal> multipliers,
            @Nullable BigDecimal batchMultiplier) {
        this.scopes = Collections.unmodifiableSortedSet(new TreeSet<>(scopes));
        this.fromMillis = fromMillis;
        EnumMap<ServiceTier, BigDecimal> tiers = new EnumMap<>(ServiceTier.class);
        tiers.putAll(multipliers);
        tiers.remove(ServiceTier.DEFAULT);
        this.multipliers = Collections.unmodifiableMap(tiers);
        this.batchMultiplier = batchMultiplier;
        prices.put(ServiceTier.DEFAULT, standard);
        tiers.forEach(
                (tier, factor) ->
                        prices.put(
                                tier, times(standard, "service_tiers." + tier.wireName(), factor)));
        this.batch = batchMultiplier == null ? null : times(standard, "batch", batchMultiplier);
    }

    /** The id that the model is listed under, without a profile's prefix. */
    public String modelId() {
        return standard().modelId();
    }

    /** Through what the model is called for this price, in alphabetical order. */
    public SortedSet<String> scopes() {
        return scopes;
    }

    /** From when it is valid, epoch milliseconds, or {@link #ALWAYS}. */
    public long fromMillis() {
        return fromMillis;
    }

    /** The same for these scopes alone. */
    PriceRow in(Collection<String> someScopes) {
        return new PriceRow(someScopes, fromMillis, standard(), multipliers, batchMultiplier);
    }

    /** The price in the standard tier. */
    public ModelPrice standard() {
        return Objects.requireNonNull(prices.get(ServiceTier.DEFAULT), "standard");
    }

    /** The price in a tier; empty if the row has none for it. */
    public Optional<ModelPrice> priceIn(ServiceTier tier) {
        return Optional.ofNullable(prices.get(tier));
    }

    /** The price of calls in batches; empty if the row has none for them. */
    public Optional<ModelPrice> batch() {
        return Optional.ofNullable(batch);
    }

    /** By what tiers other than the standard one multiply every price. */
    public Map<ServiceTier, BigDecimal> multipliers() {
        return multipliers;
    }

    /** By what a batch multiplies every price; empty if it has no price. */
    public Optional<BigDecimal> batchMultiplier() {
        return Optional.ofNullable(batchMultiplier);
    }

    private static ModelPrice times(ModelPrice standard, String name, BigDecimal factor) {
        try {
            return standard.times(factor);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }
}
