package io.sluice.contract;

import java.util.Objects;

/** Everything of a tenant's policy that a decision depends on; travels inside each request. */
public final class EffectivePolicy {
    private final int version;
    private final String hash;
    private final String tier;
    private final long requestsPerMinute;
    private final long requestsPerDay;
    private final int maxConcurrent;
    private final long cacheTtlMillis;
    private final String priceVersion;

    private EffectivePolicy(Builder b) {
        this.version = b.version;
        this.hash = Objects.requireNonNull(b.hash, "hash");
        this.tier = Objects.requireNonNull(b.tier, "tier");
        this.requestsPerMinute = b.requestsPerMinute;
        this.requestsPerDay = b.requestsPerDay;
        this.maxConcurrent = b.maxConcurrent;
        this.cacheTtlMillis = b.cacheTtlMillis;
        this.priceVersion = Objects.requireNonNull(b.priceVersion, "priceVersion");
    }

    /** A builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from these values. */
    public Builder toBuilder() {
        Builder b = new Builder();
        b.version = version;
        b.hash = hash;
        b.tier = tier;
        b.requestsPerMinute = requestsPerMinute;
        b.requestsPerDay = requestsPerDay;
        b.maxConcurrent = maxConcurrent;
        b.cacheTtlMillis = cacheTtlMillis;
        b.priceVersion = priceVersion;
        return b;
    }

    /** Number of this policy, per tenant, rising and never reused. */
    public int version() {
        return version;
    }

    /** SHA-256 of the policy's canonical form, hex. */
    public String hash() {
        return hash;
    }

    /** The tier's name. */
    public String tier() {
        return tier;
    }

    /** Requests admitted in any 60 s of decision time; {@link #UNLIMITED} for no limit. */
    public long requestsPerMinute() {
        return requestsPerMinute;
    }

    /** Requests admitted per UTC day of decision time; {@link #UNLIMITED} for no limit. */
    public long requestsPerDay() {
        return requestsPerDay;
    }

    /** Calls of this tenant that may run at once, at least 1. */
    public int maxConcurrent() {
        return maxConcurrent;
    }

    /** How long an answer may be served again; 0 turns the response cache off. */
    public long cacheTtlMillis() {
        return cacheTtlMillis;
    }

    /** The price book that the tenant is billed by. */
    public String priceVersion() {
        return priceVersion;
    }

    /** The value of a limit that is not on. */
    public static final long UNLIMITED = -1;

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        if (!(other instanceof EffectivePolicy)) {
            return false;
        }
        EffectivePolicy that = (EffectivePolicy) other;
        return version == that.version
                && Objects.equals(hash, that.hash)
                && Objects.equals(tier, that.tier)
                && requestsPerMinute == that.requestsPerMinute
                && requestsPerDay == that.requestsPerDay
                && maxConcurrent == that.maxConcurrent
                && cacheTtlMillis == that.cacheTtlMillis
                && Objects.equals(priceVersion, that.priceVersion);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                version,
                hash,
                tier,
                requestsPerMinute,
                requestsPerDay,
                maxConcurrent,
                cacheTtlMillis,
                priceVersion);
    }

    /** Everything but payloads and secrets. */
    @Override
    public String toString() {
        return "EffectivePolicy{"
                + "version="
                + version
                + ", tier="
                + tier
                + ", requestsPerMinute="
                + requestsPerMinute
                + ", requestsPerDay="
                + requestsPerDay
                + ", maxConcurrent="
                + maxConcurrent
                + ", cacheTtlMillis="
                + cacheTtlMillis
                + ", priceVersion="
                + priceVersion
                + '}';
    }

    /** Collects the values; {@link #build()} checks that the required ones are there. */
    public static final class Builder {
        private int version;

        @SuppressWarnings("NullAway.Init")
        private String hash;

        @SuppressWarnings("NullAway.Init")
        private String tier;

        private long requestsPerMinute;
        private long requestsPerDay;
        private int maxConcurrent;
        private long cacheTtlMillis;

        @SuppressWarnings("NullAway.Init")
        private String priceVersion;

        private Builder() {}

        /** Number of this policy, per tenant, rising and never reused. */
        public Builder version(int value) {
            this.version = value;
            return this;
        }

        /** SHA-256 of the policy's canonical form, hex. */
        public Builder hash(String value) {
            this.hash = value;
            return this;
        }

        /** The tier's name. */
        public Builder tier(String value) {
            this.tier = value;
            return this;
        }

        /** Requests admitted in any 60 s of decision time; {@link #UNLIMITED} for no limit. */
        public Builder requestsPerMinute(long value) {
            this.requestsPerMinute = value;
            return this;
        }

        /** Requests admitted per UTC day of decision time; {@link #UNLIMITED} for no limit. */
        public Builder requestsPerDay(long value) {
            this.requestsPerDay = value;
            return this;
        }

        /** Calls of this tenant that may run at once, at least 1. */
        public Builder maxConcurrent(int value) {
            this.maxConcurrent = value;
            return this;
        }

        /** How long an answer may be served again; 0 turns the response cache off. */
        public Builder cacheTtlMillis(long value) {
            this.cacheTtlMillis = value;
            return this;
        }

        /** The price book that the tenant is billed by. */
        public Builder priceVersion(String value) {
            this.priceVersion = value;
            return this;
        }

        /** The finished value; throws if a required one is missing or out of range. */
        public EffectivePolicy build() {
            return new EffectivePolicy(this);
        }
    }
}
