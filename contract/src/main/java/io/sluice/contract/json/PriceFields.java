package io.sluice.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.PriceRow;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One object of a price file; every refusal names key and value. Keys that are not known are
 * refused: a misspelt one would leave a price out.
 */
final class PriceFields {
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,6})?");
    private static final int MOST_SHOWN = 60;

    private final String path;
    private final JsonNode node;

    /** The fields at a path, which is empty for the file itself. */
    PriceFields(String path, JsonNode node, Set<String> known) {
        this.path = path;
        this.node = node;
        if (!node.isObject()) {
            throw new MalformedJsonException(
                    (path.isEmpty() ? "the file" : path)
                            + ": seen "
                            + shown(node)
                            + ", expected an object");
        }
        node.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!known.contains(name)) {
                                throw new MalformedJsonException(
                                        at(name)
                                                + ": no such key, expected one of "
                                                + String.join(", ", new TreeSet<>(known)));
                            }
                        });
    }

    boolean has(String name) {
        return node.has(name);
    }

    /** The value of a key; a missing one if there is none. */
    JsonNode value(String name) {
        return node.path(name);
    }

    String at(String name) {
        return path.isEmpty() ? name : path + '.' + name;
    }

    /** A text that matches. */
    String text(String name, Pattern pattern, String expected) {
        JsonNode value = value(name);
        if (!value.isTextual() || !pattern.matcher(value.textValue()).matches()) {
            throw wrong(name, expected);
        }
        return value.textValue();
    }

    /** The elements of a list. */
    JsonNode list(String name) {
        if (!value(name).isArray()) {
            throw wrong(name, "a list");
        }
        return value(name);
    }

    /** USD per million tokens as 10^-12 USD per token, which are the same digits. */
    long perToken(String name) {
        return decimal(
                        name,
                        "USD per million tokens as a string such as \"0.035\", with at most 6 places")
                .movePointRight(6)
                .longValueExact();
    }

    /** The same, or null if the key is not there. */
    @Nullable Long optionalPerToken(String name) {
        return has(name) ? (Long) perToken(name) : null;
    }

    /** What prices are multiplied by. */
    BigDecimal multiplier(String name) {
        return decimal(name, "a multiplier as a string such as \"0.5\"");
    }

    /** A number of tokens. */
    long tokens(String name) {
        JsonNode value = value(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw wrong(name, "a whole number of tokens, 0 or more");
        }
        return value.longValue();
    }

    /** The first millisecond of a day or an instant; always if the key is not there. */
    long fromMillis(String name) {
        if (!has(name)) {
            return PriceRow.ALWAYS;
        }
        String text = value(name).isTextual() ? value(name).textValue() : "";
        try {
            return text.length() > 10
                    ? Instant.parse(text).toEpochMilli()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            MalformedJsonException wrong =
                    wrong(
                            name,
                            "a day (2026-09-01, from 00:00 UTC) or an instant in UTC"
                                    + " (2026-09-01T12:00:00Z)");
            wrong.initCause(e);
            throw wrong;
        }
    }

    MalformedJsonException wrong(String name, String expected) {
        return new MalformedJsonException(
                at(name) + ": seen " + shown(value(name)) + ", expected " + expected);
    }

    private BigDecimal decimal(String name, String expected) {
        return new BigDecimal(text(name, DECIMAL, expected));
    }

    /** A value as a message shows it. */
    static String shown(JsonNode value) {
        if (value.isMissingNode()) {
            return "nothing";
        }
        String text = value.isTextual() ? "'" + value.textValue() + "'" : Json.text(value);
        return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
    }
}
