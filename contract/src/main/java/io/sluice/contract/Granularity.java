package io.sluice.contract;

/** The length of a usage window. Windows are aligned to UTC. */
public enum Granularity {
    /** Sixty seconds. */
    MINUTE("minute", 60_000L),
    /** Sixty minutes. */
    HOUR("hour", 3_600_000L),
    /** One UTC day; leap seconds do not exist in epoch time. */
    DAY("day", 86_400_000L);

    private final String wireName;
    private final long lengthMillis;

    Granularity(String wireName, long lengthMillis) {
        this.wireName = wireName;
        this.lengthMillis = lengthMillis;
    }

    /** The name on the wire and in range keys. */
    public String wireName() {
        return wireName;
    }

    /** Length of the window in milliseconds. */
    public long lengthMillis() {
        return lengthMillis;
    }

    /** Start of the window that holds the given time, epoch milliseconds. */
    public long windowStart(long atMillis) {
        return Math.floorDiv(atMillis, lengthMillis) * lengthMillis;
    }

    /** End of the window that holds the given time, exclusive, epoch milliseconds. */
    public long windowEnd(long atMillis) {
        return windowStart(atMillis) + lengthMillis;
    }

    /** The value of that wire name; throws {@link IllegalArgumentException} if there is none. */
    public static Granularity ofWireName(String wireName) {
        for (Granularity value : values()) {
            if (value.wireName.equals(wireName)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                "unknown granularity '" + wireName + "', expected minute, hour or day");
    }
}
