package io.sluice.contract;

/** How a request ended. */
public enum ResultStatus {
    /** With an answer. */
    SUCCEEDED("succeeded"),
    /** Refused by a limit. */
    REJECTED("rejected"),
    /** Admitted, but without an answer. */
    FAILED("failed"),
    /** Withdrawn by the client. */
    CANCELLED("cancelled");

    private final String wireName;

    ResultStatus(String wireName) {
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
    public static ResultStatus ofWireName(String wireName) {
        for (ResultStatus value : values()) {
            if (value.wireName.equals(wireName)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                "unknown ResultStatus '"
                        + wireName
                        + "', expected one of "
                        + java.util.Arrays.stream(values())
                                .map(ResultStatus::wireName)
                                .collect(java.util.stream.Collectors.joining(", ")));
    }
}
