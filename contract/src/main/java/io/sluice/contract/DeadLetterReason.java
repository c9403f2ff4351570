package io.sluice.contract;

/** Why a record could not be processed. */
public enum DeadLetterReason {
    /** The record is no event, or not one of the tenant it was stored under. */
    MALFORMED("malformed-event"),
    /** The model was called, and no attempt brought an answer. */
    EXHAUSTED("exhausted"),
    /** A call may or may not have been made, and the policy forbids another. */
    AMBIGUOUS("ambiguous"),
    /** The prompt could not be read, or the answer could not be kept. */
    PAYLOAD_LOST("payload-lost");

    private final String wireName;

    DeadLetterReason(String wireName) {
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
    public static DeadLetterReason ofWireName(String wireName) {
        for (DeadLetterReason value : values()) {
            if (value.wireName.equals(wireName)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                "unknown reason '"
                        + wireName
                        + "', expected one of "
                        + java.util.Arrays.stream(values())
                                .map(DeadLetterReason::wireName)
                                .collect(java.util.stream.Collectors.joining(", ")));
    }
}
