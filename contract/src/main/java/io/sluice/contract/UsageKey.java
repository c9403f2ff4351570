package io.sluice.contract;

import java.time.Instant;
import java.util.Objects;

/**
 * A usage window and the labels that are kept apart in it. A window has one row for each
 * combination of labels, and one more for each day on which settlements came that long after its
 * end that it was closed: what a window comes to is the sum of its rows.
 */
public final class UsageKey {
    private final Granularity granularity;
    private final long windowStartMillis;
    private final String model;
    private final String endpoint;
    private final String agentId;
    private final String costCenter;
    private final long lateDayMillis;

    private UsageKey(Builder b) {
        this.granularity = Objects.requireNonNull(b.granularity, "granularity");
        this.windowStartMillis = b.windowStartMillis;
        this.model = Objects.requireNonNull(b.model, "model");
        this.endpoint = Objects.requireNonNull(b.endpoint, "endpoint");
        this.agentId = Objects.requireNonNull(b.agentId, "agentId");
        this.costCenter = Objects.requireNonNull(b.costCenter, "costCenter");
        this.lateDayMillis = b.lateDayMillis;
    }

    /** A builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from these values. */
    public Builder toBuilder() {
        Builder b = new Builder();
        b.granularity = granularity;
        b.windowStartMillis = windowStartMillis;
        b.model = model;
        b.endpoint = endpoint;
        b.agentId = agentId;
        b.costCenter = costCenter;
        b.lateDayMillis = lateDayMillis;
        return b;
    }

    /** The window's length. */
    public Granularity granularity() {
        return granularity;
    }

    /** Start of the window, epoch milliseconds, aligned to UTC. */
    public long windowStartMillis() {
        return windowStartMillis;
    }

    /** The model asked for. */
    public String model() {
        return model;
    }

    /** The endpoint label. */
    public String endpoint() {
        return endpoint;
    }

    /** The agent label, {@code -} if none. */
    public String agentId() {
        return agentId;
    }

    /** The cost centre label, {@code -} if none. */
    public String costCenter() {
        return costCenter;
    }

    /** The {@link #lateDayMillis} of a row whose settlements came before the window was closed. */
    public static final long ON_TIME = -1;

    /**
     * Start of the UTC day on which the row's settlements came, epoch milliseconds; {@link
     * #ON_TIME} if they came before the window was closed.
     */
    public long lateDayMillis() {
        return lateDayMillis;
    }

    /**
     * The range key under which the window is stored: sorts by granularity, then time, then labels.
     * Model ids and labels hold no {@code #}.
     */
    public String rangeKey() {
        return rangePrefix(granularity, windowStartMillis)
                + '#'
                + model
                + '#'
                + endpoint
                + '#'
                + agentId
                + '#'
                + costCenter
                + (lateDayMillis == ON_TIME ? "" : "#late#" + Instant.ofEpochMilli(lateDayMillis));
    }

    /**
     * The part of the range key that all rows of one window share, without a trailing separator.
     */
    public static String rangePrefix(Granularity granularity, long windowStartMillis) {
        return granularity.wireName() + '#' + Instant.ofEpochMilli(windowStartMillis);
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        if (!(other instanceof UsageKey)) {
            return false;
        }
        UsageKey that = (UsageKey) other;
        return Objects.equals(granularity, that.granularity)
                && windowStartMillis == that.windowStartMillis
                && Objects.equals(model, that.model)
                && Objects.equals(endpoint, that.endpoint)
                && Objects.equals(agentId, that.agentId)
                && Objects.equals(costCenter, that.costCenter)
                && lateDayMillis == that.lateDayMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                granularity,
                windowStartMillis,
                model,
                endpoint,
                agentId,
                costCenter,
                lateDayMillis);
    }

    /** Everything but payloads and secrets. */
    @Override
    public String toString() {
        return "UsageKey{"
                + "granularity="
                + granularity
                + ", windowStartMillis="
                + windowStartMillis
                + ", model="
                + model
                + ", endpoint="
                + endpoint
                + ", agentId="
                + agentId
                + ", costCenter="
                + costCenter
                + ", lateDayMillis="
                + lateDayMillis
                + '}';
    }

    /** Collects the values; {@link #build()} checks that the required ones are there. */
    public static final class Builder {
        @SuppressWarnings("NullAway.Init")
        private Granularity granularity;

        private long windowStartMillis;

        @SuppressWarnings("NullAway.Init")
        private String model;

        @SuppressWarnings("NullAway.Init")
        private String endpoint;

        @SuppressWarnings("NullAway.Init")
        private String agentId;

        @SuppressWarnings("NullAway.Init")
        private String costCenter;

        private long lateDayMillis = ON_TIME;

        private Builder() {}

        /** The window's length. */
        public Builder granularity(Granularity value) {
            this.granularity = value;
            return this;
        }

        /** Start of the window, epoch milliseconds, aligned to UTC. */
        public Builder windowStartMillis(long value) {
            this.windowStartMillis = value;
            return this;
        }

        /** The model asked for. */
        public Builder model(String value) {
            this.model = value;
            return this;
        }

        /** The endpoint label. */
        public Builder endpoint(String value) {
            this.endpoint = value;
            return this;
        }

        /** The agent label, {@code -} if none. */
        public Builder agentId(String value) {
            this.agentId = value;
            return this;
        }

        /** The cost centre label, {@code -} if none. */
        public Builder costCenter(String value) {
            this.costCenter = value;
            return this;
        }

        /** The day on which settlements came that found the window closed. */
        public Builder lateDayMillis(long value) {
            this.lateDayMillis = value;
            return this;
        }

        /** The finished value; throws if a required one is missing or out of range. */
        public UsageKey build() {
            return new UsageKey(this);
        }
    }
}
