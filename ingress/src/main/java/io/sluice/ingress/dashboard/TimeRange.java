package io.sluice.ingress.dashboard;

import io.sluice.contract.Granularity;

/** The time that a view looks back over, and the usage windows that it is made of. */
enum TimeRange {
    /** Sixty minutes, the current one included. */
    HOUR("hour", Granularity.MINUTE, 60, 5),
    /** 24 hours, the current one included. */
    DAY("day", Granularity.HOUR, 24, 2),
    /** 31 UTC days, today included; so the whole current month is among them. */
    MONTH("month", Granularity.DAY, 31, 2);

    private final String wireName;
    private final Granularity granularity;
    private final int windows;
    private final int moving;

    TimeRange(String wireName, Granularity granularity, int windows, int moving) {
        this.wireName = wireName;
        this.granularity = granularity;
        this.windows = windows;
        this.moving = moving;
    }

    String wireName() {
        return wireName;
    }

    Granularity granularity() {
        return granularity;
    }

    /** How many windows there are. */
    int windows() {
        return windows;
    }

    /** Start of the first window as of {@code nowMillis}, epoch milliseconds. */
    long fromMillis(long nowMillis) {
        return startOf(nowMillis, windows);
    }

    /**
     * Start of the windows that still move as a rule: calls are settled in the window of their
     * admission, seldom minutes later. What moves later is seen when everything is read again.
     */
    long movingFromMillis(long nowMillis) {
        return startOf(nowMillis, moving);
    }

    /** End of the current window, exclusive. */
    long toMillis(long nowMillis) {
        return granularity.windowStart(nowMillis) + granularity.lengthMillis();
    }

    private long startOf(long nowMillis, int count) {
        return granularity.windowStart(nowMillis) - (count - 1) * granularity.lengthMillis();
    }

    /** The value of that wire name; throws {@link IllegalArgumentException} if there is none. */
    static TimeRange ofWireName(String wireName) {
        for (TimeRange value : values()) {
            if (value.wireName.equals(wireName)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                "unknown range '" + wireName + "', expected hour, day or month");
    }
}
