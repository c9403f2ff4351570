package io.sluice.local.kinesis.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a decoded request object, typed on access.
 *
 * <p>A field of the wrong type is a {@code SerializationException}, a missing required one a {@code
 * ValidationException}; null counts as missing.
 */
public final class Input {
    private static final BigDecimal MILLIS_PER_SECOND = BigDecimal.valueOf(1000);
    private static final double MAX_TIMESTAMP = 1e15;

    private final JsonNode object;
    private final Protocol protocol;

    Input(JsonNode object, Protocol protocol) {
        this.object = object;
        this.protocol = protocol;
    }

    public @Nullable String string(String field) {
        JsonNode value = value(field);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw wrongType(field, value, "a string");
        }
        return value.textValue();
    }

    public String requiredString(String field) {
        String value = string(field);
        if (value == null) {
            throw ApiException.missing(lowerFirst(field));
        }
        return value;
    }

    public @Nullable Integer integer(String field) {
        JsonNode value = value(field);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrongType(field, value, "a 32-bit integer");
        }
        return value.intValue();
    }

    /** An integer within bounds, or the default when missing. */
    public int integer(String field, int defaultValue, int min, int max) {
        Integer value = integer(field);
        if (value == null) {
            return defaultValue;
        }
        if (value < min) {
            throw ApiException.validation(
                    value,
                    lowerFirst(field),
                    "Member must have value greater than or equal to " + min);
        }
        if (value > max) {
            throw ApiException.validation(
                    value,
                    lowerFirst(field),
                    "Member must have value less than or equal to " + max);
        }
        return value;
    }

    public boolean flag(String field) {
        JsonNode value = value(field);
        if (value != null && !value.isBoolean()) {
            throw wrongType(field, value, "a boolean");
        }
        return value != null && value.booleanValue();
    }

    /** A blob: base64 text in JSON, a byte string in CBOR. */
    public byte[] requiredBytes(String field) {
        JsonNode value = value(field);
        if (value == null) {
            throw ApiException.missing(lowerFirst(field));
        }
        try {
            if (value.isBinary() || (value.isTextual() && protocol == Protocol.JSON)) {
                return value.binaryValue();
            }
        } catch (IOException e) {
            throw wrongType(field, value, "base64");
        }
        throw wrongType(field, value, "a blob");
    }

    /**
     * A time in milliseconds since the epoch.
     *
     * <p>JSON carries seconds with a fraction, the Java SDKs' CBOR whole milliseconds; a CBOR float
     * is seconds, as the CBOR tag for epoch times has it.
     */
    public @Nullable Long timestampMillis(String field) {
        JsonNode value = value(field);
        if (value == null) {
            return null;
        }
        if (!value.isNumber()) {
            throw wrongType(field, value, "a timestamp");
        }
        double size = Math.abs(value.doubleValue());
        if (!(size < MAX_TIMESTAMP)) {
            throw wrongType(field, value, "a timestamp below " + MAX_TIMESTAMP);
        }
        return protocol == Protocol.CBOR && value.isIntegralNumber()
                ? value.longValue()
                : value.decimalValue().multiply(MILLIS_PER_SECOND).longValue();
    }

    public @Nullable Input object(String field) {
        JsonNode value = value(field);
        if (value == null) {
            return null;
        }
        if (!value.isObject()) {
            throw wrongType(field, value, "an object");
        }
        return new Input(value, protocol);
    }

    /** The objects of a required list. */
    public List<Input> requiredObjects(String field) {
        JsonNode value = value(field);
        if (value == null) {
            throw ApiException.missing(lowerFirst(field));
        }
        if (!value.isArray()) {
            throw wrongType(field, value, "a list");
        }
        List<Input> objects = new ArrayList<>(value.size());
        for (JsonNode element : value) {
            if (!element.isObject()) {
                throw wrongType(field, element, "a list of objects");
            }
            objects.add(new Input(element, protocol));
        }
        return objects;
    }

    private @Nullable JsonNode value(String field) {
        JsonNode value = object.get(field);
        return value == null || value.isNull() ? null : value;
    }

    private static ApiException wrongType(String field, JsonNode value, String expected) {
        return ApiException.serialization(
                "Field " + field + " is a " + value.getNodeType() + "; expected " + expected + ".");
    }

    private static String lowerFirst(String field) {
        return Character.toLowerCase(field.charAt(0)) + field.substring(1);
    }
}
