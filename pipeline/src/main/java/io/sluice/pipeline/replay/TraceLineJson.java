package io.sluice.pipeline.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.Names;
import io.sluice.contract.Priority;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.MalformedJsonException;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Strict reading of a trace's lines: {@code {"at","tenant","model","input_tokens","output_tokens",
 * "max_tokens"?,"latency_ms"?,"prompt_hash"?,"endpoint"?,"priority"?}}. Optional fields may also be
 * null; unknown and repeated ones are errors.
 */
final class TraceLineJson {
    private static final List<String> FIELDS =
            List.of(
                    "at",
                    "tenant",
                    "model",
                    "input_tokens",
                    "output_tokens",
                    "max_tokens",
                    "latency_ms",
                    "prompt_hash",
                    "endpoint",
                    "priority");
    private static final String TIME =
            "epoch milliseconds or an RFC 3339 time, from 1970 to 9999, such as"
                    + " 2026-11-25T10:00:00Z";
    private static final int MOST_NAME_CHARACTERS = 1_024;
    private static final int MOST_SHOWN_CHARACTERS = 60;

    private final JsonNode line;

    private TraceLineJson(JsonNode line) {
        this.line = line;
    }

    /** The line of these UTF-8 bytes. */
    static TraceLine read(byte[] utf8) throws BadTraceLineException {
        JsonNode line;
        try {
            line = Json.parse(utf8);
        } catch (MalformedJsonException e) {
            // The number of the line is the trace's; within it there is only a column.
            throw new BadTraceLineException(
                    String.valueOf(e.getMessage()).replace(" at line 1, column", " at column"), e);
        }
        if (!line.isObject()) {
            throw wrong("the line", line, "a JSON object");
        }
        return new TraceLineJson(line).read();
    }

    private TraceLine read() throws BadTraceLineException {
        refuseUnknown();
        TraceLine.Builder builder =
                TraceLine.builder()
                        .atMillis(time())
                        .tenantId(tenant())
                        .model(text("model"))
                        .inputTokens(number("input_tokens", TraceLine.MOST_TOKENS))
                        .outputTokens(number("output_tokens", TraceLine.MOST_TOKENS));
        if (has("max_tokens")) {
            builder.maxTokens(number("max_tokens", TraceLine.MOST_TOKENS));
        }
        if (has("latency_ms")) {
            builder.latencyMillis(number("latency_ms", TraceLine.MOST_LATENCY_MILLIS));
        }
        if (has("prompt_hash")) {
            builder.promptHash(text("prompt_hash"));
        }
        if (has("endpoint")) {
            builder.endpoint(text("endpoint"));
        }
        if (has("priority")) {
            builder.priority(priority());
        }
        return builder.build();
    }

    private void refuseUnknown() throws BadTraceLineException {
        Iterator<String> names = line.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                throw new BadTraceLineException(
                        "unknown field '"
                                + shown(name)
                                + "', expected only "
                                + String.join(", ", FIELDS));
            }
        }
    }

    private long time() throws BadTraceLineException {
        JsonNode value = required("at");
        if (!value.isTextual()) {
            return number("at", value, TraceLine.LATEST_MILLIS, TIME);
        }
        OptionalLong millis = Rfc3339.millis(value.textValue());
        if (millis.isEmpty()
                || millis.getAsLong() < 0
                || millis.getAsLong() > TraceLine.LATEST_MILLIS) {
            throw wrong("at", value, TIME);
        }
        return millis.getAsLong();
    }

    private String tenant() throws BadTraceLineException {
        String tenant = text("tenant");
        if (!Names.TENANT_ID.matcher(tenant).matches()) {
            throw wrong(
                    "tenant",
                    required("tenant"),
                    "a tenant id that matches " + Names.TENANT_ID.pattern());
        }
        return tenant;
    }

    private Priority priority() throws BadTraceLineException {
        try {
            return Priority.ofWireName(text("priority"));
        } catch (IllegalArgumentException e) {
            throw wrong("priority", required("priority"), "high, normal or low");
        }
    }

    private String text(String name) throws BadTraceLineException {
        JsonNode value = required(name);
        String text = value.isTextual() ? value.textValue() : "";
        if (text.isEmpty() || text.length() > MOST_NAME_CHARACTERS) {
            throw wrong(name, value, "a string of 1 to " + MOST_NAME_CHARACTERS + " characters");
        }
        return text;
    }

    private long number(String name, long most) throws BadTraceLineException {
        return number(name, required(name), most, "a whole number from 0 to " + most);
    }

    private static long number(String name, JsonNode value, long most, String expected)
            throws BadTraceLineException {
        if (value.isInt() || value.isLong()) {
            long number = value.longValue();
            if (number < 0 || number > most) {
                throw wrong(name, value, expected);
            }
            return number;
        }
        if (!value.isNumber()) {
            throw wrong(name, value, expected);
        }
        // 1.7e12 and 100.0 are whole numbers too.
        BigDecimal number = value.decimalValue();
        if (number.signum() < 0
                || number.compareTo(BigDecimal.valueOf(most)) > 0
                || (number.signum() > 0 && number.stripTrailingZeros().scale() > 0)) {
            throw wrong(name, value, expected);
        }
        return number.longValue();
    }

    private boolean has(String name) {
        JsonNode value = line.get(name);
        return value != null && !value.isNull();
    }

    private JsonNode required(String name) throws BadTraceLineException {
        JsonNode value = line.get(name);
        if (value == null || value.isNull()) {
            throw new BadTraceLineException(name + ": missing");
        }
        return value;
    }

    private static BadTraceLineException wrong(
            String name, @Nullable JsonNode value, String expected) {
        return new BadTraceLineException(
                name + ": seen " + shown(String.valueOf(value)) + ", expected " + expected);
    }

    private static String shown(String text) {
        String start =
                text.length() <= MOST_SHOWN_CHARACTERS
                        ? text
                        : text.substring(0, MOST_SHOWN_CHARACTERS) + "…";
        // What a file says must not steer a terminal.
        return start.replaceAll("\\p{Cntrl}", "?");
    }
}
