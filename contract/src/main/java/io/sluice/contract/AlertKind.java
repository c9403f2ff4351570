package io.sluice.contract;

/** What an alert is about. */
public enum AlertKind {
    /** A share of a budget is spent. */
    BUDGET_THRESHOLD("budget-threshold"),
    /** If spending goes on as in this period so far, its budget will not last. */
    BUDGET_FORECAST("budget-forecast"),
    /** The tenant spends far more in this hour than in its recent ones. */
    SPEND_ANOMALY("spend-anomaly"),
    /** A large share of the tenant's requests of the last five minutes was rejected. */
    REJECTION_SPIKE("rejection-spike"),
    /** A model has no price, so that its calls are booked at nothing. */
    UNPRICED_MODEL("unpriced-model"),
    /** Failures use up the tier's error budget too fast, over five minutes and an hour. */
    AVAILABILITY_BURN("availability-burn"),
    /** Slow answers use up the tier's latency budget too fast, over five minutes and an hour. */
    LATENCY_BURN("latency-burn"),
    /** The job is behind its stream. */
    STREAM_LAG("stream-lag"),
    /** A model in a region failed so often that it is not called for a while. */
    CIRCUIT_OPEN("circuit-open");

    private final String wireName;

    AlertKind(String wireName) {
        this.wireName = wireName;
    }

    /** The name on the wire and in metrics. */
    public String wireName() {
        return wireName;
    }

    /**
     * The value of that wire name.
     *
     * @throws IllegalArgumentException if there is none, naming what was seen
     */
    public static AlertKind ofWireName(String wireName) {
        for (AlertKind value : values()) {
            if (value.wireName.equals(wireName)) {
                return value;
            }
        }
        throw new IllegalArgumentException("unknown kind of alert '" + wireName + "'");
    }
}
