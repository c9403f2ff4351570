package io.sluice.contract;

/** How urgent a request is. */
public enum Priority {
    /** Before all others. */
    HIGH("high"),
    /** The default. */
    NORMAL("normal"),
    /** Bulk work. */
    LOW("low");

    private final String wireName;

    Priority(String wireName) {
        this.wireName = wireName;
    }

    /** The name on the wire and in tables. */
    public String wireName() {
        return wireName;
    }

    /**
     * The value of that wire name.
     *
     * @throws IllegalArgumentException if there is none, naming what was seen and what is known
     */
    public static Priority ofWireName(String wireName) {
        for (Priority value : values()) {
            if (value.wireName.equals(wireName)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                "unknown Priority '"
                        + wireName
                        + "', expected one of "
                        + java.util.Arrays.stream(values())
                                .map(Priority::wireName)
                                .collect(java.util.stream.Collectors.joining(", ")));
    }
}
