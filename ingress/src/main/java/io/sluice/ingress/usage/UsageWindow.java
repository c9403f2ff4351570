package io.sluice.ingress.usage;

import io.sluice.contract.Granularity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The length of the windows in a report. Months are made of days, by the UTC calendar. */
enum UsageWindow {
    MINUTE("minute", Granularity.MINUTE, Duration.ofHours(1), Duration.ofDays(2)),
    HOUR("hour", Granularity.HOUR, Duration.ofDays(1), Duration.ofDays(62)),
    DAY("day", Granularity.DAY, Duration.ofDays(30), Duration.ofDays(800)),
    MONTH("month", Granularity.DAY, Duration.ofDays(365), Duration.ofDays(800));

    private final String wireName;
    private final Granularity stored;
    private final Duration usual;
    private final Duration longest;

    UsageWindow(String wireName, Granularity stored, Duration usual, Duration longest) {
        this.wireName = wireName;
        this.stored = stored;
        this.usual = usual;
        this.longest = longest;
    }

    String wireName() {
        return wireName;
    }

    /** The stored windows it is made of. */
    Granularity stored() {
        return stored;
    }

    /** How far back a report goes that does not say. */
    Duration usual() {
        return usual;
    }

    /** The longest time that one report may span. */
    Duration longest() {
        return longest;
    }

    /** Start of the window that holds a time. */
    long start(long atMillis) {
        return this == MONTH
                ? millis(date(atMillis).withDayOfMonth(1))
                : stored.windowStart(atMillis);
    }

    /** End of the window that holds a time, exclusive. */
    long end(long atMillis) {
        return this == MONTH
                ? millis(date(atMillis).withDayOfMonth(1).plusMonths(1))
                : stored.windowStart(atMillis) + stored.lengthMillis();
    }

    private static LocalDate date(long millis) {
        return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private static long millis(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }

    static UsageWindow ofWireName(String wireName) {
        for (UsageWindow value : values()) {
            if (value.wireName.equals(wireName)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                "unknown granularity '" + wireName + "', expected minute, hour, day or month");
    }
}
