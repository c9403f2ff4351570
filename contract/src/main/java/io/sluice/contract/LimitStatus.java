package io.sluice.contract;

import java.util.Objects;

/** What one limit looked like when a decision was taken. */
public final class LimitStatus {
    private final String name;
    private final long limit;
    private final long remaining;
    private final long resetMillis;

    private LimitStatus(Builder b) {
        this.name = Objects.requireNonNull(b.name, "name");
        this.limit = b.limit;
        this.remaining = b.remaining;
        this.resetMillis = b.resetMillis;
    }

    /** A builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from these values. */
    public Builder toBuilder() {
        Builder b = new Builder();
        b.name = name;
        b.limit = limit;
        b.remaining = remaining;
        b.resetMillis = resetMillis;
        return b;
    }

    /** The limit's name, such as {@code requests-per-minute}. */
    public String name() {
        return name;
    }

    /** The ceiling, in the limit's unit. */
    public long limit() {
        return limit;
    }

    /** What is left after this decision, 0 or more. */
    public long remaining() {
        return remaining;
    }

    /** Milliseconds from the decision until capacity comes back, 0 if the window is empty. */
    public long resetMillis() {
        return resetMillis;
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        if (!(other instanceof LimitStatus)) {
            return false;
        }
        LimitStatus that = (LimitStatus) other;
        return Objects.equals(name, that.name)
                && limit == that.limit
                && remaining == that.remaining
                && resetMillis == that.resetMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, limit, remaining, resetMillis);
    }

    /** Everything but payloads and secrets. */
    @Override
    public String toString() {
        return "LimitStatus{"
                + "name="
                + name
                + ", limit="
                + limit
                + ", remaining="
                + remaining
                + ", resetMillis="
                + resetMillis
                + '}';
    }

    /** Collects the values; {@link #build()} checks that the required ones are there. */
    public static final class Builder {
        @SuppressWarnings("NullAway.Init")
        private String name;

        private long limit;
        private long remaining;
        private long resetMillis;

        private Builder() {}

        /** The limit's name, such as {@code requests-per-minute}. */
        public Builder name(String value) {
            this.name = value;
            return this;
        }

        /** The ceiling, in the limit's unit. */
        public Builder limit(long value) {
            this.limit = value;
            return this;
        }

        /** What is left after this decision, 0 or more. */
        public Builder remaining(long value) {
            this.remaining = value;
            return this;
        }

        /** Milliseconds from the decision until capacity comes back, 0 if the window is empty. */
        public Builder resetMillis(long value) {
            this.resetMillis = value;
            return this;
        }

        /** The finished value; throws if a required one is missing or out of range. */
        public LimitStatus build() {
            return new LimitStatus(this);
        }
    }
}
