package io.sluice.contract.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Readers of whole numbers and of durations in seconds. */
final class Numbers {
    /** The word for a limit that is not on. */
    static final String UNLIMITED = "unlimited";

    /** A year; longer is a mistake in the unit. */
    private static final long MOST_SECONDS = 31_536_000;

    private Numbers() {}

    /** A whole number within bounds. */
    static ValueReader whole(long least, long most) {
        String expected = expected(least, most);
        return (path, value, findings) -> {
            BigDecimal number = inRange(value, least, most);
            if (number == null || number.stripTrailingZeros().scale() > 0) {
                findings.wrong(path, value, expected);
                return null;
            }
            return LongNode.valueOf(number.longValueExact());
        };
    }

    /** A whole number within bounds, or {@link #UNLIMITED}. */
    static ValueReader limit(long least, long most) {
        ValueReader whole = whole(least, most);
        String expected = expected(least, most) + ", or '" + UNLIMITED + "'";
        return (path, value, findings) -> {
            if (UNLIMITED.equals(value.textValue())) {
                return TextNode.valueOf(UNLIMITED);
            }
            JsonNode read = whole.read(path, value, new Findings());
            if (read == null) {
                findings.wrong(path, value, expected);
            }
            return read;
        };
    }

    /** Seconds, to the millisecond. */
    static @Nullable JsonNode seconds(String path, JsonNode value, Findings findings) {
        BigDecimal number = inRange(value, 0, MOST_SECONDS);
        BigDecimal exact = number == null ? null : number.stripTrailingZeros();
        if (exact == null || exact.scale() > 3) {
            findings.wrong(
                    path,
                    value,
                    "seconds from 0 to " + MOST_SECONDS + " with at most 3 decimal places");
            return null;
        }
        return exact.scale() <= 0
                ? LongNode.valueOf(exact.longValueExact())
                : DecimalNode.valueOf(exact);
    }

    private static String expected(long least, long most) {
        return "a whole number from " + least + " to " + most;
    }

    private static @Nullable BigDecimal inRange(JsonNode value, long least, long most) {
        if (!value.isNumber()) {
            return null;
        }
        BigDecimal number = value.decimalValue();
        return number.compareTo(BigDecimal.valueOf(least)) >= 0
                        && number.compareTo(BigDecimal.valueOf(most)) <= 0
                ? number
                : null;
    }
}
