package io.sluice.contract;

/** What a client wants of the response cache. */
public enum CacheMode {
    /** Serve and store. */
    DEFAULT("default"),
    /** Neither serve nor store. */
    BYPASS("bypass"),
    /** Do not serve, but store the new answer. */
    REFRESH("refresh");

    private final String wireName;

    CacheMode(String wireName) {
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
    public static CacheMode ofWireName(String wireName) {
        for (CacheMode value : values()) {
            if (value.wireName.equals(wireName)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                "unknown CacheMode '"
                        + wireName
                        + "', expected one of "
                        + java.util.Arrays.stream(values())
                                .map(CacheMode::wireName)
                                .collect(java.util.stream.Collectors.joining(", ")));
    }
}
