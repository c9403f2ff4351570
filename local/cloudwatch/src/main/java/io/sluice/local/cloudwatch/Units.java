package io.sluice.local.cloudwatch;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The units that CloudWatch knows. */
final class Units {
    private static final Set<String> SCALES = Set.of("", "Kilo", "Mega", "Giga", "Tera");

    private Units() {}

    /** The unit of a structure, {@code None} when absent (API reference, MetricDatum, Unit). */
    static String of(Input holder) {
        String unit = holder.text("Unit");
        if (unit.isEmpty()) {
            return "None";
        }
        if (!isUnit(unit)) {
            throw CloudWatchException.invalidValue(
                    "The value " + unit + " for parameter " + holder.path("Unit") + " is invalid.");
        }
        return unit;
    }

    private static boolean isUnit(String unit) {
        if (Set.of(
                        "Seconds",
                        "Microseconds",
                        "Milliseconds",
                        "Percent",
                        "Count",
                        "Count/Second",
                        "None")
                .contains(unit)) {
            return true;
        }
        for (String quantity : List.of("Bytes", "Bits", "Bytes/Second", "Bits/Second")) {
            for (String scale : SCALES) {
                if (unit.equals(
                        scale.isEmpty()
                                ? quantity
                                : scale
                                        + quantity.toLowerCase(Locale.ROOT)
                                                .replace("/second", "/Second"))) {
                    return true;
                }
            }
        }
        return false;
    }
}
