package io.sluice.local.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Behaviours as JSON, checked field by field; the messages name the field, what was seen and what
 * is expected.
 */
final class BehaviorJson {

    private static final Set<String> FIELDS =
            Set.of(
                    "model",
                    "latency_ms",
                    "tokens_per_second",
                    "throttle_rate",
                    "throttle_every",
                    "error",
                    "hang_every",
                    "cut_every");
    private static final long LARGEST_EVERY = 1_000_000_000L;

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
        double rate = number(json, "throttle_rate", 0, 1);
        long throttleEvery = every(json, "throttle_every");
        if (rate > 0 && throttleEvery > 0) {
            throw new IllegalArgumentException(
                    "throttle_rate and throttle_every are both set, expected at most one of them");
        }
        JsonNode error = json.get("error");
        return new Behavior(
                model.textValue(),
                latency(json.get("latency_ms")),
                number(json, "tokens_per_second", 0, 1e9),
                rate,
                throttleEvery,
                error == null ? null : fault(error),
                error == null ? 0 : requiredEvery(error),
                every(json, "hang_every"),
                every(json, "cut_every"));
    }

    /** Writes what {@link #read} reads back. */
    static ObjectNode write(Behavior b) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("model", b.model());
        json.putObject("latency_ms").put("min", b.latency().min()).put("max", b.latency().max());
        json.put("tokens_per_second", b.tokensPerSecond());
        if (b.throttleEvery() > 0) {
            json.put("throttle_every", b.throttleEvery());
        } else {
            json.put("throttle_rate", b.throttleRate());
        }
        Fault error = b.error();
        if (error != null) {
            json.putObject("error").put("type", error.type()).put("every", b.errorEvery());
        }
        json.put("hang_every", b.hangEvery());
        return json.put("cut_every", b.cutEvery());
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
        String type = error.path("type").asText("");
        return Fault.ofType(type)
                .filter(f -> f != Fault.UNKNOWN_OPERATION)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "error.type is \""
                                                + type
                                                + "\", expected an exception of Converse such as InternalServerException"));
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

    private static long every(JsonNode json, String name) {
        JsonNode value = json.get(name);
        if (value == null) {
            return 0;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < 0
                || value.longValue() > LARGEST_EVERY) {
            throw new IllegalArgumentException(
                    name
                            + " is "
                            + shown(value)
                            + ", expected a whole number from 0 (never) to "
                            + LARGEST_EVERY);
        }
        return value.longValue();
    }

    private static double number(JsonNode json, String name, double least, double most) {
        JsonNode value = json.get(name);
        if (value == null) {
            return 0;
        }
        double number = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (!(number >= least && number <= most)) {
            throw new IllegalArgumentException(
                    name
                            + " is "
                            + shown(value)
                            + ", expected a number from "
                            + least
                            + " to "
                            + most);
        }
        return number;
    }

    private static void onlyKnown(JsonNode json, String prefix, Set<String> known) {
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "unknown field "
                                + prefix
                                + name
                                + ", expected one of "
                                + known.stream().sorted().toList());
            }
        }
    }

    private static String shown(@Nullable JsonNode value) {
        if (value == null) {
            return "missing";
        }
        String text = value.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
