package io.sluice.local.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A structure of a request, whichever wire form it came in, and its name for messages. AWS Query
 * has only texts; JSON and CBOR have numbers and, for the doubles JSON cannot write, the texts NaN
 * and Infinity.
 */
record Input(JsonNode node, String at) {

    Input {
        if (!node.isObject() && !node.isMissingNode()) {
            throw CloudWatchException.malformed(
                    "The parameter " + (at.isEmpty() ? "body" : at) + " is not a structure.");
        }
    }

    static Input of(JsonNode body) {
        return new Input(body, "");
    }

    boolean has(String name) {
        JsonNode value = node.path(name);
        return !value.isMissingNode() && !value.isNull();
    }

    String path(String name) {
        return at.isEmpty() ? name : at + "." + name;
    }

    /** A text, empty when absent. */
    String text(String name) {
        JsonNode value = value(name);
        if (!value.isMissingNode() && !value.isTextual()) {
            throw CloudWatchException.malformed(
                    "The parameter " + path(name) + " is not a string.");
        }
        return value.asText("");
    }

    /** A text of 1 to {@code most} characters. */
    String requiredText(String name, int most) {
        if (!has(name)) {
            throw CloudWatchException.missing(path(name));
        }
        String text = text(name);
        if (text.isEmpty() || text.length() > most) {
            throw CloudWatchException.invalidValue(
                    "The value for parameter "
                            + path(name)
                            + " has "
                            + text.length()
                            + " characters, expected 1 to "
                            + most
                            + ".");
        }
        return text;
    }

    double number(String name) {
        return toNumber(value(name), path(name));
    }

    /** A whole number, or the given one when absent. */
    long whole(String name, long otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        double number = number(name);
        if (number != Math.rint(number) || Math.abs(number) > 1e15) {
            throw CloudWatchException.malformed(
                    "The parameter " + path(name) + " is not a whole number.");
        }
        return (long) number;
    }

    /** Milliseconds since 1970 from an ISO 8601 text or from epoch seconds. */
    long millis(String name) {
        JsonNode value = value(name);
        if (value.isMissingNode()) {
            throw CloudWatchException.missing(path(name));
        }
        try {
            if (value.isTextual()) {
                return OffsetDateTime.parse(value.textValue()).toInstant().toEpochMilli();
            }
            return Instant.ofEpochMilli(Math.round(toNumber(value, path(name)) * 1000))
                    .toEpochMilli();
        } catch (DateTimeException e) {
            throw CloudWatchException.malformed(
                    "The parameter " + path(name) + " is not a timestamp.");
        }
    }

    Input structure(String name) {
        return new Input(value(name), path(name));
    }

    List<Input> structures(String name) {
        List<Input> all = new ArrayList<>();
        for (JsonNode value : list(name)) {
            all.add(new Input(value, path(name) + ".member." + (all.size() + 1)));
        }
        return all;
    }

    List<String> texts(String name) {
        List<String> all = new ArrayList<>();
        for (JsonNode value : list(name)) {
            all.add(value.asText());
        }
        return all;
    }

    List<Double> numbers(String name) {
        List<Double> all = new ArrayList<>();
        for (JsonNode value : list(name)) {
            all.add(toNumber(value, path(name) + ".member." + (all.size() + 1)));
        }
        return all;
    }

    /** A list; AWS Query writes an empty one as an empty text. */
    private JsonNode list(String name) {
        JsonNode value = value(name);
        if (value.isTextual() && value.asText().isEmpty()) {
            return MissingNode.getInstance();
        }
        if (!value.isMissingNode() && !value.isArray()) {
            throw CloudWatchException.malformed("The parameter " + path(name) + " is not a list.");
        }
        return value;
    }

    private JsonNode value(String name) {
        JsonNode value = node.path(name);
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    private static double toNumber(JsonNode value, String at) {
        if (value.isNumber()) {
            return value.doubleValue();
        }
        try {
            return Double.parseDouble(value.asText());
        } catch (NumberFormatException e) {
            throw CloudWatchException.malformed("The parameter " + at + " is not a number.");
        }
    }
}
