package io.sluice.ingress.body;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.Names;
import io.sluice.ingress.problem.ProblemException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one object in a request body. A field that is {@code null} counts as absent.
 * Messages never repeat text of the client beyond field names and short words.
 */
public final class BodyFields {
    private static final int SHOWN = 64;
    private static final int SHOWN_NAMES = 10;

    private final String path;
    private final JsonNode node;

    private BodyFields(String path, JsonNode node) {
        this.path = path;
        this.node = node;
    }

    /** The fields of {@code node}, found at {@code path}; {@code ""} is the body itself. */
    public static BodyFields of(String path, JsonNode node) {
        if (!node.isObject()) {
            throw Body.refused(name(path) + ": seen " + kind(node) + ", expected an object.");
        }
        return new BodyFields(path, node);
    }

    /** Refuses fields that are not among {@code known}, naming them. */
    public BodyFields only(Set<String> known) {
        TreeSet<String> unknown = new TreeSet<>();
        node.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            String names =
                    unknown.stream()
                            .limit(SHOWN_NAMES)
                            .map(n -> "'" + shown(join(path, n)) + "'")
                            .collect(Collectors.joining(", "));
            throw Body.refused(
                    "Unknown field "
                            + names
                            + "; expected only "
                            + String.join(", ", new TreeSet<>(known))
                            + ".");
        }
        return this;
    }

    /** Whether the field is there. */
    public boolean has(String field) {
        return optional(field) != null;
    }

    /** The field's value, null if it is absent. */
    public @Nullable JsonNode optional(String field) {
        JsonNode value = node.get(field);
        return value == null || value.isNull() ? null : value;
    }

    /** The field's value. */
    public JsonNode required(String field) {
        JsonNode value = optional(field);
        if (value == null) {
            throw Body.refused(join(path, field) + ": missing.");
        }
        return value;
    }

    /** A text of 1 to {@code most} characters. */
    public String text(String field, int most) {
        return textOf(join(path, field), required(field), most);
    }

    /** A text of 1 to {@code most} characters, null if absent. */
    public @Nullable String optionalText(String field, int most) {
        return has(field) ? text(field, most) : null;
    }

    /** A label ({@link Names#LABEL}), null if absent. */
    public @Nullable String optionalLabel(String field) {
        JsonNode value = optional(field);
        return value == null ? null : labelOf(join(path, field), value);
    }

    /** A whole number within bounds. */
    public long number(String field, long least, long most, long otherwise) {
        JsonNode value = optional(field);
        if (value == null) {
            return otherwise;
        }
        String expected = "expected a whole number from " + least + " to " + most;
        if (!value.isNumber()) {
            throw wrong(field, "seen " + kind(value) + ", " + expected);
        }
        BigDecimal decimal = value.decimalValue().stripTrailingZeros();
        if (decimal.scale() > 0
                || decimal.compareTo(BigDecimal.valueOf(least)) < 0
                || decimal.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw wrong(field, "seen " + shown(value.asText()) + ", " + expected);
        }
        return decimal.longValueExact();
    }

    /** A number from 0 to 1, null if absent. */
    public @Nullable JsonNode optionalFraction(String field) {
        JsonNode value = optional(field);
        if (value == null) {
            return null;
        }
        if (!value.isNumber()) {
            throw wrong(field, "seen " + kind(value) + ", expected a number from 0 to 1");
        }
        BigDecimal decimal = value.decimalValue();
        if (decimal.signum() < 0 || decimal.compareTo(BigDecimal.ONE) > 0) {
            throw wrong(field, "seen " + shown(value.asText()) + ", expected a number from 0 to 1");
        }
        return value;
    }

    /** A flag, false if absent. */
    public boolean flag(String field) {
        JsonNode value = optional(field);
        if (value != null && !value.isBoolean()) {
            throw wrong(field, "seen " + kind(value) + ", expected true or false");
        }
        return value != null && value.booleanValue();
    }

    /** One of a few words; {@code reader} throws {@link IllegalArgumentException} for others. */
    public <T> T word(String field, T otherwise, Function<String, T> reader) {
        JsonNode value = optional(field);
        if (value == null) {
            return otherwise;
        }
        if (!value.isTextual()) {
            throw wrong(field, "seen " + kind(value) + ", expected a string");
        }
        try {
            return reader.apply(shown(value.textValue()));
        } catch (IllegalArgumentException e) {
            throw wrong(field, String.valueOf(e.getMessage()));
        }
    }

    /** The elements of a list of at most {@code most}; empty if absent. */
    public List<JsonNode> list(String field, int most) {
        JsonNode value = optional(field);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            throw wrong(field, "seen " + kind(value) + ", expected a list");
        }
        if (value.size() > most) {
            throw wrong(field, "seen " + value.size() + " elements, expected at most " + most);
        }
        List<JsonNode> elements = new ArrayList<>(value.size());
        value.forEach(elements::add);
        return elements;
    }

    /** A refusal of one field. */
    public ProblemException wrong(String field, String seenAndExpected) {
        return Body.refused(join(path, field) + ": " + seenAndExpected + ".");
    }

    /** Where the object is in the body. */
    public String path() {
        return path;
    }

    /** The tree itself. */
    public JsonNode node() {
        return node;
    }

    /** A text of 1 to {@code most} characters, found at {@code path}. */
    public static String textOf(String path, JsonNode value, int most) {
        if (!value.isTextual()) {
            throw Body.refused(path + ": seen " + kind(value) + ", expected a string.");
        }
        int length = value.textValue().length();
        if (length == 0 || length > most) {
            throw Body.refused(
                    path + ": seen " + length + " characters, expected 1 to " + most + ".");
        }
        return value.textValue();
    }

    /** A label found at {@code path}. */
    public static String labelOf(String path, JsonNode value) {
        if (!value.isTextual() || !Names.LABEL.matcher(value.textValue()).matches()) {
            throw Body.refused(
                    path + ": expected a string that matches " + Names.LABEL.pattern() + ".");
        }
        return value.textValue();
    }

    /** What a value is, for messages. */
    public static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            default -> "null";
        };
    }

    static String join(String path, String field) {
        return path.isEmpty() ? shown(field) : path + '.' + shown(field);
    }

    static String name(String path) {
        return path.isEmpty() ? "The body" : path;
    }

    /** Short, and without what would disturb a terminal. */
    public static String shown(String text) {
        String start = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return start.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    }
}
