package io.sluice.local.cloudwatch;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checks the names of metrics and their dimensions (API reference, MetricDatum, Dimension). */
final class MetricNames {
    /** The longest name of a namespace, metric or dimension, in characters. */
    static final int LONGEST = 255;

    private static final int LONGEST_VALUE = 1024;
    private static final int MOST_DIMENSIONS = 30;

    private MetricNames() {}

    /** The dimensions of a structure, by name. */
    static Map<String, String> dimensions(Input holder) {
        List<Input> given = holder.structures("Dimensions");
        if (given.size() > MOST_DIMENSIONS) {
            throw CloudWatchException.invalidValue(
                    "The collection "
                            + holder.path("Dimensions")
                            + " must not have a size greater than "
                            + MOST_DIMENSIONS
                            + ".");
        }
        Map<String, String> dimensions = new TreeMap<>();
        for (Input dimension : given) {
            String name = ascii(dimension.requiredText("Name", LONGEST), dimension.path("Name"));
            if (name.startsWith(":")) {
                throw CloudWatchException.invalidValue(
                        "The value "
                                + name
                                + " for parameter "
                                + dimension.path("Name")
                                + " is invalid: it must not start with ':'.");
            }
            String value =
                    ascii(dimension.requiredText("Value", LONGEST_VALUE), dimension.path("Value"));
            if (dimensions.put(name, value) != null) {
                throw CloudWatchException.invalidValue(
                        "No duplicate dimension names are allowed: "
                                + dimension.path("Name")
                                + " repeats "
                                + name
                                + ".");
            }
        }
        return dimensions;
    }

    /** The text, if it may be a name or a dimension's value. */
    static String ascii(String text, String at) {
        boolean printable = text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
        if (!printable || text.isBlank()) {
            throw CloudWatchException.invalidValue(
                    "The value for parameter "
                            + at
                            + " is invalid: it must be ASCII with at least one non-blank character.");
        }
        return text;
    }
}
