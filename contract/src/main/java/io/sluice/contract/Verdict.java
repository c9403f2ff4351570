package io.sluice.contract;

/** What the engine decides about a request. */
public enum Verdict {
    /** The model is called. */
    INVOKED("invoked"),
    /** An earlier answer is served. */
    CACHE_HIT("cache_hit"),
    /** An identical call is in flight; its answer is served. */
    COALESCED("coalesced"),
    /** Refused; nothing was consumed. */
    REJECTED("rejected");

    private final String wireName;

    Verdict(String wireName) {
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
    public static Verdict ofWireName(String wireName) {
        for (Verdict value : values()) {
            if (value.wireName.equals(wireName)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                "unknown Verdict '"
                        + wireName
                        + "', expected one of "
                        + java.util.Arrays.stream(values())
                                .map(Verdict::wireName)
                                .collect(java.util.stream.Collectors.joining(", ")));
    }
}
