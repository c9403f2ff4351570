package io.sluice.local.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fields of a steering document, each in its range or refused by name.
 *
 * <p>Everything throws {@link IllegalArgumentException} with a message fit for the caller.
 */
final class Checked {

    private static final long LARGEST_EVERY = 1_000_000_000L;

    private Checked() {}

    /** The fault of that shape name, if Converse can answer with it. */
    static Fault fault(String field, String type) {
        return Fault.ofType(type)
                .filter(f -> f != Fault.UNKNOWN_OPERATION)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        field
                                                + " is \""
                                                + type
                                                + "\", expected an exception of Converse such as InternalServerException"));
    }

    /** Every how many; 0 when absent. */
    static long every(JsonNode json, String name) {
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

    /** A number in that range; 0 when absent. */
    static double number(JsonNode json, String name, double least, double most) {
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

    /** Refuses fields that are not known. */
    static void onlyKnown(JsonNode json, String prefix, Set<String> known) {
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

    /** What was seen, shortened. */
    static String shown(@Nullable JsonNode value) {
        if (value == null) {
            return "missing";
        }
        String text = value.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
