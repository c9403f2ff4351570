package io.sluice.contract;

import java.util.Objects;

/** What one limit looked like when a decision was taken. */
public final class LimitStatus {
    private final String name;
    private final long limit;
    private final long remaining;
    private final long debt;
    private final long resetMillis;

    private LimitStatus(Builder b) {
        this.name = Objects.requireNonNull(b.name, "name");
        this.limit = b.limit;
        this.remaining = b.remaining;
        this.debt = b.debt;
        this.resetMillis = b.resetMillis;
    }

    /** A status without a debt. */
    public static LimitStatus of(String name, long limit, long remaining, long resetMillis) {
        return of(name, limit, remaining, 0, resetMillis);
    }

    /** A status of these values. */
    public static LimitStatus of(
            String name, long limit, long remaining, long debt, long resetMillis) {
        return builder()
                .name(name)
                .limit(limit)
                .remaining(remaining)
                .debt(debt)
                .resetMillis(resetMillis)
                .build();
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
        b.debt = debt;
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

    /** How far settled calls went beyond the limit, 0 or more. */
    public long debt() {
        return debt;
    }

    /**
     * Milliseconds from the decision until capacity comes back, 0 if nothing is used; -1 if that
     * depends on when calls end.
     */
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
                && debt == that.debt
                && resetMillis == that.resetMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, limit, remaining, debt, resetMillis);
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
                + ", debt="
                + debt
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
        private long debt;
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

        /** How far settled calls went beyond the limit, 0 or more. */
        public Builder debt(long value) {
            this.debt = value;
            return this;
        }

        /**
         * Milliseconds from the decision until capacity comes back, 0 if nothing is used; -1 if
         * that depends on when calls end.
         */
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
