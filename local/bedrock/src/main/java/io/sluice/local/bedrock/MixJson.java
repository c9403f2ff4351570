package io.sluice.local.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mix as JSON: {@code {"seed":7,"throttle":0.1,"hang":0.01,"drip":0.05,"cut_unseen":0.01,
 * "cut_before":0.01,"cut_amid":0.01,"garbage":0.01,"errors":{"InternalServerException":0.05}}}.
 */
final class MixJson {

    private static final Set<Effect> RATED =
            Set.of(
                    Effect.THROTTLE,
                    Effect.HANG,
                    Effect.DRIP,
                    Effect.CUT_UNSEEN,
                    Effect.CUT_BEFORE,
                    Effect.CUT_AMID,
                    Effect.GARBAGE);

    private MixJson() {}

    /** Reads what is there; throws {@link IllegalArgumentException} fit for the caller. */
    static Mix read(@Nullable JsonNode json) {
        if (json == null) {
            return Mix.NONE;
        }
        if (!json.isObject()) {
            throw new IllegalArgumentException(
                    "mix is " + Checked.shown(json) + ", expected {\"seed\":n,\"throttle\":0.1,…}");
        }
        Set<String> known = new LinkedHashSet<>(Set.of("seed", "errors"));
        RATED.forEach(effect -> known.add(name(effect)));
        Checked.onlyKnown(json, "mix.", known);
        Map<Effect, Double> rates = new EnumMap<>(Effect.class);
        for (Effect effect : RATED) {
            double rate = Checked.number(json, name(effect), 0, 1);
            if (rate > 0) {
                rates.put(effect, rate);
            }
        }
        return new Mix(seed(json.get("seed")), rates, errors(json.get("errors")));
    }

    /** Writes what {@link #read} reads back. */
    static ObjectNode write(Mix mix) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("seed", mix.seed());
        mix.rates().forEach((effect, rate) -> json.put(name(effect), rate));
        ObjectNode errors = json.putObject("errors");
        mix.errors().forEach((fault, rate) -> errors.put(fault.type(), rate));
        return json;
    }

    private static long seed(@Nullable JsonNode seed) {
        if (seed == null || !seed.isIntegralNumber() || !seed.canConvertToLong()) {
            throw new IllegalArgumentException(
                    "mix.seed is " + Checked.shown(seed) + ", expected a whole number");
        }
        return seed.longValue();
    }

    private static Map<Fault, Double> errors(@Nullable JsonNode json) {
        Map<Fault, Double> errors = new EnumMap<>(Fault.class);
        if (json == null) {
            return errors;
        }
        if (!json.isObject()) {
            throw new IllegalArgumentException(
                    "mix.errors is "
                            + Checked.shown(json)
                            + ", expected {\"InternalServerException\":0.1,…}");
        }
        json.fieldNames()
                .forEachRemaining(
                        type -> {
                            Fault fault = Checked.fault("mix.errors", type);
                            double rate = Checked.number(json, type, 0, 1);
                            if (rate > 0) {
                                errors.put(fault, rate);
                            }
                        });
        return errors;
    }

    private static String name(Effect effect) {
        return effect.name().toLowerCase(Locale.ROOT);
    }
}
