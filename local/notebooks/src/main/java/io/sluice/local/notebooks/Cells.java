package io.sluice.local.notebooks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How values of SQL are spelt for people. */
final class Cells {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private Cells() {}

    /** Adds a value: whole numbers as numbers, decimals as text with all their digits. */
    static void add(ArrayNode cells, @Nullable Object value) {
        if (value == null) {
            cells.addNull();
        } else if (value instanceof Integer || value instanceof Long) {
            cells.add(((Number) value).longValue());
        } else if (value instanceof BigDecimal) {
            cells.add(decimal((BigDecimal) value));
        } else if (value instanceof LocalDateTime) {
            cells.add(MINUTE.format((LocalDateTime) value));
        } else {
            cells.add(value.toString());
        }
    }

    private static String decimal(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
