package io.sluice.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.ModelName;
import io.sluice.contract.ModelPrice;
import io.sluice.contract.PriceRow;
import io.sluice.contract.ServiceTier;
import io.sluice.contract.TokenPrices;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JSON of a row of a price file; prices are decimal strings in USD per million tokens. */
public final class PriceRowJson {
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,199}");
    private static final Set<String> PRICES =
            Set.of("input", "output", "cache_read", "cache_write_5m", "cache_write_1h");
    private static final Set<String> ROW =
            with("model", "scopes", "from", "long_context", "batch", "service_tiers", "note");
    private static final Set<String> LONG_CONTEXT = with("above_input_tokens");

    private PriceRowJson() {}

    /**
     * The row of a tree, with the file's multipliers where it has none of its own; throws {@link
     * MalformedJsonException} naming key and value if it is none.
     */
    static PriceRow read(
            String path,
            JsonNode node,
            Map<ServiceTier, BigDecimal> multipliers,
            @Nullable BigDecimal batch) {
        PriceFields fields = new PriceFields(path, node, ROW);
        try {
            ModelPrice price = new ModelPrice(model(fields), tokens(fields), longContexts(fields));
            return new PriceRow(
                    scopes(fields),
                    fields.fromMillis("from"),
                    price,
                    fields.has("service_tiers") ? multipliers(fields) : multipliers,
                    fields.has("batch") ? fields.multiplier("batch") : batch);
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException(path + '.' + e.getMessage(), e);
        }
    }

    /** A row as a tree: what it was read from, with multipliers and prices that were implied. */
    public static ObjectNode write(PriceRow row) {
        ObjectNode node = Json.object().put("model", row.modelId());
        ArrayNode scopes = node.putArray("scopes");
        row.scopes().forEach(scopes::add);
        if (row.fromMillis() != PriceRow.ALWAYS) {
            node.put("from", Instant.ofEpochMilli(row.fromMillis()).toString());
        }
        write(row.standard(), node);
        row.batchMultiplier().ifPresent(batch -> node.put("batch", plain(batch)));
        ObjectNode tiers = node.putObject("service_tiers");
        row.multipliers().forEach((tier, factor) -> tiers.put(tier.wireName(), plain(factor)));
        return node;
    }

    /** What tokens cost as fields of a tree. */
    public static void write(ModelPrice price, ObjectNode node) {
        write(price.tokens(), node);
        if (!price.longContexts().isEmpty()) {
            ArrayNode steps = node.putArray("long_context");
            for (ModelPrice.LongContext step : price.longContexts()) {
                write(
                        step.tokens(),
                        steps.addObject().put("above_input_tokens", step.aboveInputTokens()));
            }
        }
    }

    private static void write(TokenPrices prices, ObjectNode node) {
        node.put("input", perMillion(prices.inputPicoUsd()))
                .put("output", perMillion(prices.outputPicoUsd()))
                .put("cache_read", perMillion(prices.cacheReadPicoUsd()))
                .put("cache_write_5m", perMillion(prices.cacheWrite5mPicoUsd()))
                .put("cache_write_1h", perMillion(prices.cacheWrite1hPicoUsd()));
    }

    /** The tiers' multipliers of a file or a row. */
    static Map<ServiceTier, BigDecimal> multipliers(PriceFields fields) {
        Set<String> names = new TreeSet<>(ServiceTier.wireNames());
        names.remove(ServiceTier.DEFAULT.wireName());
        PriceFields tiers =
                new PriceFields(fields.at("service_tiers"), fields.value("service_tiers"), names);
        Map<ServiceTier, BigDecimal> multipliers = new EnumMap<>(ServiceTier.class);
        for (String name : names) {
            if (tiers.has(name)) {
                multipliers.put(ServiceTier.ofWireName(name), tiers.multiplier(name));
            }
        }
        return multipliers;
    }

    /** 10^-12 USD a token in USD per million tokens, exact. */
    public static String perMillion(long picoUsd) {
        return plain(BigDecimal.valueOf(picoUsd, 6));
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static String model(PriceFields fields) {
        String id = fields.text("model", MODEL, "a model id");
        ModelName name = ModelName.of(id);
        if (!name.scope().equals(ModelName.BASE)) {
            throw fields.wrong(
                    "model", "'" + name.bare() + "', and '" + name.scope() + "' among its scopes");
        }
        return id;
    }

    private static List<String> scopes(PriceFields fields) {
        Set<String> known = new TreeSet<>(ModelName.GEOS);
        known.addAll(List.of(ModelName.BASE, ModelName.GEO, ModelName.GLOBAL));
        List<String> scopes = new ArrayList<>();
        for (JsonNode scope : fields.list("scopes")) {
            if (!scope.isTextual() || !known.contains(scope.textValue())) {
                throw fields.wrong("scopes", "a list of " + String.join(", ", known));
            }
            scopes.add(scope.textValue());
        }
        if (scopes.isEmpty()) {
            throw fields.wrong("scopes", "at least one of " + String.join(", ", known));
        }
        return scopes;
    }

    private static TokenPrices tokens(PriceFields fields) {
        return TokenPrices.builder(fields.perToken("input"), fields.perToken("output"))
                .cacheRead(fields.optionalPerToken("cache_read"))
                .cacheWrite5m(fields.optionalPerToken("cache_write_5m"))
                .cacheWrite1h(fields.optionalPerToken("cache_write_1h"))
                .build();
    }

    private static List<ModelPrice.LongContext> longContexts(PriceFields fields) {
        List<ModelPrice.LongContext> steps = new ArrayList<>();
        if (fields.has("long_context")) {
            for (JsonNode node : fields.list("long_context")) {
                PriceFields step =
                        new PriceFields(
                                fields.at("long_context[" + steps.size() + "]"),
                                node,
                                LONG_CONTEXT);
                steps.add(
                        new ModelPrice.LongContext(
                                step.tokens("above_input_tokens"), tokens(step)));
            }
        }
        return steps;
    }

    private static Set<String> with(String... more) {
        Set<String> all = new TreeSet<>(PRICES);
        all.addAll(List.of(more));
        return all;
    }
}
