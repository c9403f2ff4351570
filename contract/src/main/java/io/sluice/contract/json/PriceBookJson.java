package io.sluice.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.ModelPrice;
import io.sluice.contract.PriceBook;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON of a price book: {@code
 * {"version":"…","models":{"<id>":{"input":"0.80","output":"4","cache_read":"0.08","cache_write":"1"}}}},
 * decimal strings in USD per million tokens, at most six places (10^-12 USD a token).
 */
public final class PriceBookJson {
    private static final String SHIPPED = "/io/sluice/contract/prices.json";

    private PriceBookJson() {}

    /** The book that ships with this build. */
    public static PriceBook shipped() {
        try (InputStream in = PriceBookJson.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException(SHIPPED + " is missing from the build");
            }
            return read(Json.parse(in.readAllBytes()));
        } catch (IOException e) {
            throw new IllegalStateException(SHIPPED + " cannot be read", e);
        }
    }

    /**
     * The book of a tree; throws {@link MalformedJsonException} naming model and price if it is
     * none.
     */
    public static PriceBook read(JsonNode document) {
        Fields fields = Fields.of("prices", document);
        Fields models = fields.object("models");
        Map<String, ModelPrice> prices = new TreeMap<>();
        document.get("models")
                .fieldNames()
                .forEachRemaining(id -> prices.put(id, price(id, models.object(id))));
        return new PriceBook(fields.text("version"), prices);
    }

    private static ModelPrice price(String id, Fields fields) {
        ModelPrice price = tokens(id, fields);
        if (!fields.has("long_context")) {
            return price;
        }
        List<ModelPrice.LongContext> longer =
                fields.list(
                        "long_context",
                        step ->
                                new ModelPrice.LongContext(
                                        step.number("above_input_tokens"), tokens(id, step)));
        try {
            return price.withLongContexts(longer);
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException("prices.models." + id + ": " + e.getMessage(), e);
        }
    }

    private static ModelPrice tokens(String id, Fields fields) {
        long input = perToken(id, "input", fields.text("input"));
        long output = perToken(id, "output", fields.text("output"));
        String read = fields.optionalText("cache_read");
        String write = fields.optionalText("cache_write");
        // Without a price of their own, tokens around the prompt cache cost what plain input costs.
        return new ModelPrice(
                id,
                input,
                output,
                read == null ? input : perToken(id, "cache_read", read),
                write == null ? input : perToken(id, "cache_write", write));
    }

    private static long perToken(String id, String kind, String usdPerMillion) {
        try {
            return new BigDecimal(usdPerMillion).movePointRight(6).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new MalformedJsonException(
                    "prices.models."
                            + id
                            + "."
                            + kind
                            + ": seen '"
                            + usdPerMillion
                            + "', expected USD per million tokens with at most 6 places",
                    e);
        }
    }
}
