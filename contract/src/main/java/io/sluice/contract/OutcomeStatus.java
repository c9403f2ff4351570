package io.sluice.contract;

/** How a model call ended. */
public enum OutcomeStatus {
    /** With an answer. */
    SUCCEEDED("succeeded"),
    /** Without one. */
    FAILED("failed"),
    /** Withdrawn before it started. */
    CANCELLED("cancelled");

    private final String wireName;

    OutcomeStatus(String wireName) {
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
    public static OutcomeStatus ofWireName(String wireName) {
        for (OutcomeStatus value : values()) {
            if (value.wireName.equals(wireName)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                "unknown OutcomeStatus '"
                        + wireName
                        + "', expected one of "
                        + java.util.Arrays.stream(values())
                                .map(OutcomeStatus::wireName)
                                .collect(java.util.stream.Collectors.joining(", ")));
    }
}
