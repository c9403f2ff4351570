package io.sluice.local.bedrock;

import static io.sluice.local.bedrock.Checked.every;
import static io.sluice.local.bedrock.Checked.number;
import static io.sluice.local.bedrock.Checked.onlyKnown;
import static io.sluice.local.bedrock.Checked.shown;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Behaviours as JSON, checked field by field; the messages name the field, what was seen and what
 * is expected.
 */
final class BehaviorJson {

    private static final Set<String> FIELDS =
            Set.of(
                    "model",
                    "region",
                    "latency_ms",
                    "tokens_per_second",
                    "throttle_rate",
                    "throttle_every",
                    "error",
                    "hang_every",
                    "cut_every",
                    "drip_every",
                    "drip_ms",
                    "mix");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,30}");

    private BehaviorJson() {}

    /**
     * Reads one behaviour.
     *
     * @throws IllegalArgumentException with a message fit for the caller
     */
    static Behavior read(@Nullable JsonNode json) {
        if (json == null || !json.isObject()) {
            throw new IllegalArgumentException(
                    "the body is not a JSON object; expected {\"model\":\"id or *\", …}");
        }
        onlyKnown(json, "", FIELDS);
        JsonNode model = json.get("model");
        if (model == null || !model.isTextual() || model.textValue().isBlank()) {
            throw new IllegalArgumentException(
                    "model is " + shown(model) + ", expected a model id or \"*\"");
        }
        return new Behavior(
                model.textValue(),
                region(json.get("region")),
                latency(json.get("latency_ms")),
                number(json, "tokens_per_second", 0, 1e9),
                json.has("drip_ms")
                        ? (long) number(json, "drip_ms", 1, LatencyMillis.LARGEST)
                        : Behavior.DEFAULT_DRIP_MILLIS,
                regular(json),
                MixJson.read(json.get("mix")));
    }

    /** Writes what {@link #read} reads back. */
    static ObjectNode write(Behavior b) {
        Regular regular = b.regular();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("model", b.model());
        if (!b.region().equals(Behavior.EVERYWHERE)) {
            json.put("region", b.region());
        }
        json.putObject("latency_ms").put("min", b.latency().min()).put("max", b.latency().max());
        json.put("tokens_per_second", b.tokensPerSecond());
        if (regular.throttleEvery() > 0) {
            json.put("throttle_every", regular.throttleEvery());
        } else {
            json.put("throttle_rate", regular.throttleRate());
        }
        Fault error = regular.error();
        if (error != null) {
            json.putObject("error").put("type", error.type()).put("every", regular.errorEvery());
        }
        json.put("hang_every", regular.hangEvery());
        json.put("cut_every", regular.cutEvery());
        json.put("drip_every", regular.dripEvery());
        json.put("drip_ms", b.dripMillis());
        if (!b.mix().isNone()) {
            json.set("mix", MixJson.write(b.mix()));
        }
        return json;
    }

    private static Regular regular(JsonNode json) {
        double rate = number(json, "throttle_rate", 0, 1);
        long throttleEvery = every(json, "throttle_every");
        if (rate > 0 && throttleEvery > 0) {
            throw new IllegalArgumentException(
                    "throttle_rate and throttle_every are both set, expected at most one of them");
        }
        JsonNode error = json.get("error");
        return new Regular(
                rate,
                throttleEvery,
                error == null ? null : fault(error),
                error == null ? 0 : requiredEvery(error),
                every(json, "hang_every"),
                every(json, "cut_every"),
                every(json, "drip_every"));
    }

    private static String region(@Nullable JsonNode value) {
        if (value == null) {
            return Behavior.EVERYWHERE;
        }
        if (!value.isTextual() || !REGION.matcher(value.textValue()).matches()) {
            throw new IllegalArgumentException(
                    "region is " + shown(value) + ", expected one such as \"us-east-1\"");
        }
        return value.textValue();
    }

    private static LatencyMillis latency(@Nullable JsonNode value) {
        if (value == null) {
            return LatencyMillis.NONE;
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return new LatencyMillis(value.longValue(), value.longValue());
        }
        if (!value.isObject()) {
            throw new IllegalArgumentException(
                    "latency_ms is "
                            + shown(value)
                            + ", expected whole milliseconds or {\"min\":n,\"max\":n}");
        }
        onlyKnown(value, "latency_ms.", Set.of("min", "max"));
        return new LatencyMillis(bound(value, "min"), bound(value, "max"));
    }

    private static long bound(JsonNode range, String name) {
        JsonNode value = range.get(name);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(
                    "latency_ms." + name + " is " + shown(value) + ", expected whole milliseconds");
        }
        return value.longValue();
    }

    private static Fault fault(JsonNode error) {
        if (!error.isObject()) {
            throw new IllegalArgumentException(
                    "error is "
                            + shown(error)
                            + ", expected {\"type\":\"…Exception\",\"every\":n}");
        }
        onlyKnown(error, "error.", Set.of("type", "every"));
        return Checked.fault("error.type", error.path("type").asText(""));
    }

    private static long requiredEvery(JsonNode error) {
        long every = every(error, "every");
        if (every == 0) {
            throw new IllegalArgumentException(
                    "error.every is "
                            + shown(error.get("every"))
                            + ", expected a whole number from 1");
        }
        return every;
    }
}
