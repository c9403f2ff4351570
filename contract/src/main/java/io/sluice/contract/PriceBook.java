package io.sluice.contract;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The prices of all known models under one version. Immutable: a changed price is a new version.
 *
 * <p>A model id is looked up whole, then without the part before an ARN's last slash, then without
 * its inference-profile prefix ({@code global.}, {@code us.}, {@code eu.} …). Entries may carry
 * such a prefix themselves where a profile has a price of its own.
 */
public final class PriceBook {
    private final String version;
    private final Map<String, ModelPrice> prices;

    /** A book of that version; {@code prices} by model id. */
    public PriceBook(String version, Map<String, ModelPrice> prices) {
        this.version = version;
        this.prices = Collections.unmodifiableMap(new TreeMap<>(prices));
    }

    /** The book's version, stored with every cost. */
    public String version() {
        return version;
    }

    /** All prices, by model id in alphabetical order. */
    public Map<String, ModelPrice> prices() {
        return prices;
    }

    /** The price that applies to a model id, inference-profile id or ARN; empty if it has none. */
    public Optional<ModelPrice> priceOf(String modelId) {
        String id = modelId.substring(modelId.lastIndexOf('/') + 1);
        ModelPrice price = prices.get(id);
        if (price == null && id.indexOf('.') > 0) {
            price = prices.get(id.substring(id.indexOf('.') + 1));
        }
        return Optional.ofNullable(price);
    }
}
