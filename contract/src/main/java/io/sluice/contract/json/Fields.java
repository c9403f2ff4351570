package io.sluice.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.audit.CanonicalWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Typed reading of one JSON object's fields; every refusal names the field, what was seen and what
 * was expected.
 */
final class Fields {
    private static final Pattern BEYOND_EXACT = Pattern.compile("-?[1-9][0-9]{15,18}");

    private final String what;
    private final JsonNode node;

    private Fields(String what, JsonNode node) {
        this.what = what;
        this.node = node;
    }

    /** The fields of {@code node}, which is called {@code what} in messages. */
    static Fields of(String what, JsonNode node) {
        if (!node.isObject()) {
            throw new MalformedJsonException(
                    what + ": seen " + node.getNodeType() + ", expected an object");
        }
        return new Fields(what, node);
    }

    String text(String name) {
        JsonNode value = required(name);
        if (!value.isTextual()) {
            throw wrong(name, value, "a string");
        }
        return value.textValue();
    }

    @Nullable String optionalText(String name) {
        return has(name) ? text(name) : null;
    }

    /** A whole number; one that readers may round may be there as a text of its digits. */
    long number(String name) {
        JsonNode value = required(name);
        if (value.isTextual() && isBeyondExact(value.textValue())) {
            return Long.parseLong(value.textValue());
        }
        if (!value.isIntegralNumber() && !(value.isBigDecimal() && isWhole(value))) {
            throw wrong(name, value, "a whole number");
        }
        if (!value.canConvertToLong()) {
            throw wrong(name, value, "a number of 64 bits");
        }
        return value.longValue();
    }

    /** A whole number of any size. */
    BigInteger integer(String name) {
        JsonNode value = required(name);
        if (!value.isNumber() || !isWhole(value)) {
            throw wrong(name, value, "a whole number");
        }
        return value.decimalValue().toBigIntegerExact();
    }

    BigInteger integer(String name, BigInteger otherwise) {
        return has(name) ? integer(name) : otherwise;
    }

    long number(String name, long otherwise) {
        return has(name) ? number(name) : otherwise;
    }

    int smallNumber(String name) {
        long value = number(name);
        if (value != (int) value) {
            throw new MalformedJsonException(
                    what + "." + name + ": seen " + value + ", expected a number of 32 bits");
        }
        return (int) value;
    }

    int smallNumber(String name, int otherwise) {
        return has(name) ? smallNumber(name) : otherwise;
    }

    boolean flag(String name) {
        JsonNode value = required(name);
        if (!value.isBoolean()) {
            throw wrong(name, value, "true or false");
        }
        return value.booleanValue();
    }

    boolean flag(String name, boolean otherwise) {
        return has(name) ? flag(name) : otherwise;
    }

    <T> T word(String name, Function<String, T> reader) {
        try {
            return reader.apply(text(name));
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException(what + "." + name + ": " + e.getMessage(), e);
        }
    }

    Fields object(String name) {
        return of(what + "." + name, required(name));
    }

    <T> List<T> list(String name, Function<Fields, T> reader) {
        JsonNode value = required(name);
        if (!value.isArray()) {
            throw wrong(name, value, "a list");
        }
        List<T> items = new ArrayList<>();
        for (JsonNode item : value) {
            items.add(reader.apply(of(what + "." + name + "[]", item)));
        }
        return items;
    }

    Map<String, String> texts(String name) {
        Map<String, String> map = new TreeMap<>();
        if (has(name)) {
            JsonNode value = required(name);
            Fields fields = of(what + "." + name, value);
            value.fieldNames().forEachRemaining(key -> map.put(key, fields.text(key)));
        }
        return map;
    }

    /** The strings of a list; empty if there is none. */
    List<String> textList(String name) {
        List<String> items = new ArrayList<>();
        if (has(name)) {
            JsonNode value = required(name);
            if (!value.isArray()) {
                throw wrong(name, value, "a list");
            }
            for (JsonNode item : value) {
                if (!item.isTextual()) {
                    throw wrong(name + "[]", item, "a string");
                }
                items.add(item.textValue());
            }
        }
        return items;
    }

    /** The names of all fields, in alphabetical order. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        Collections.sort(names);
        return names;
    }

    boolean has(String name) {
        JsonNode value = node.get(name);
        return value != null && !value.isNull();
    }

    private JsonNode required(String name) {
        JsonNode value = node.get(name);
        if (value == null || value.isNull()) {
            throw new MalformedJsonException(what + "." + name + ": missing");
        }
        return value;
    }

    /** Whether these are the digits of a number of 64 bits that canonical JSON writes as text. */
    private static boolean isBeyondExact(String digits) {
        if (!BEYOND_EXACT.matcher(digits).matches()) {
            return false;
        }
        BigInteger value = new BigInteger(digits);
        return value.bitLength() < Long.SIZE
                && value.abs().compareTo(BigInteger.valueOf(CanonicalWriter.LARGEST_NUMBER)) > 0;
    }

    private static boolean isWhole(JsonNode value) {
        return value.decimalValue().stripTrailingZeros().scale() <= 0;
    }

    private MalformedJsonException wrong(String name, JsonNode value, String expected) {
        return new MalformedJsonException(
                what + "." + name + ": seen " + value.getNodeType() + ", expected " + expected);
    }
}
