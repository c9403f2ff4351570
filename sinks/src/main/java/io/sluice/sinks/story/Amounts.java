package io.sluice.sinks.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;

/** Amounts as people read them: exact, with their unit. */
final class Amounts {
    private static final int USD_PLACES = 12;

    private Amounts() {}

    /** Of a counter or limit, whose name tells its unit. */
    static String of(String name, JsonNode value) {
        if (name.endsWith("_millis")) {
            return value.asLong() <= 0 ? "none" : time(value.asLong());
        }
        return name.endsWith("_pico_usd") || name.startsWith("budget-")
                ? usd(value)
                : value.asText();
    }

    static String usd(JsonNode picoUsd) {
        BigDecimal usd = new BigDecimal(picoUsd.asText("0")).movePointLeft(USD_PLACES);
        return (usd.signum() == 0 ? "0" : usd.stripTrailingZeros().toPlainString()) + " USD";
    }

    static String seconds(long millis) {
        return BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString() + " s";
    }

    static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
