package io.sluice.contract;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Everything of a tenant's policy that a decision depends on; travels inside each request. */
public final class EffectivePolicy {
    private final int version;
    private final String hash;
    private final String tier;
    private final long requestsPerMinute;
    private final long requestsPerDay;
    private final long tokensPerMinute;
    private final int maxPending;
    private final int maxConcurrent;
    private final int weight;
    private final @Nullable Budget dayBudget;
    private final @Nullable Budget monthBudget;
    private final CacheRules cache;
    private final List<String> allowedModels;
    private final List<String> shadow;
    private final String priceVersion;
    private final AmbiguousAction ambiguous;
    private final Isolation isolation;

    private EffectivePolicy(Builder b) {
        this.version = b.version;
        this.hash = Objects.requireNonNull(b.hash, "hash");
        this.tier = Objects.requireNonNull(b.tier, "tier");
        this.requestsPerMinute = b.requestsPerMinute;
        this.requestsPerDay = b.requestsPerDay;
        this.tokensPerMinute = b.tokensPerMinute;
        this.maxPending = b.maxPending;
        this.maxConcurrent = b.maxConcurrent;
        this.weight = b.weight;
        this.dayBudget = b.dayBudget;
        this.monthBudget = b.monthBudget;
        this.cache = Objects.requireNonNull(b.cache, "cache");
        this.allowedModels = List.copyOf(b.allowedModels);
        this.shadow = List.copyOf(b.shadow);
        this.priceVersion = Objects.requireNonNull(b.priceVersion, "priceVersion");
        this.ambiguous = Objects.requireNonNull(b.ambiguous, "ambiguous");
        this.isolation = Objects.requireNonNull(b.isolation, "isolation");
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
        b.tokensPerMinute = tokensPerMinute;
        b.maxPending = maxPending;
        b.maxConcurrent = maxConcurrent;
        b.weight = weight;
        b.dayBudget = dayBudget;
        b.monthBudget = monthBudget;
        b.cache = cache;
        b.allowedModels = allowedModels;
        b.shadow = shadow;
        b.priceVersion = priceVersion;
        b.ambiguous = ambiguous;
        b.isolation = isolation;
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

    /** Tokens held or used in any 60 s of decision time; {@link #UNLIMITED} for no limit. */
    public long tokensPerMinute() {
        return tokensPerMinute;
    }

    /** Requests admitted and not ended yet; {@link #UNLIMITED} for no limit. */
    public int maxPending() {
        return maxPending;
    }

    /** Calls of this tenant that may run at once; {@link #UNLIMITED} for no limit. */
    public int maxConcurrent() {
        return maxConcurrent;
    }

    /** Share of a full lane in relation to other tenants, at least 1. */
    public int weight() {
        return weight;
    }

    /** What may be spent per UTC day of decision time; null for no budget. */
    public @Nullable Budget dayBudget() {
        return dayBudget;
    }

    /** What may be spent per UTC month of decision time; null for no budget. */
    public @Nullable Budget monthBudget() {
        return monthBudget;
    }

    /** How long answers and conversations are kept. */
    public CacheRules cache() {
        return cache;
    }

    /** The models that may be asked, as in requests; empty for all. */
    public List<String> allowedModels() {
        return allowedModels;
    }

    /** Names of limits that are evaluated and recorded but refuse nothing, sorted. */
    public List<String> shadow() {
        return shadow;
    }

    /** The price book that the tenant is billed by. */
    public String priceVersion() {
        return priceVersion;
    }

    /** What happens to a call that a run which died may have made. */
    public AmbiguousAction ambiguous() {
        return ambiguous;
    }

    /** How far the tenant's rows are kept apart, by the policy in force: which table it is in. */
    public Isolation isolation() {
        return isolation;
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
                && tokensPerMinute == that.tokensPerMinute
                && maxPending == that.maxPending
                && maxConcurrent == that.maxConcurrent
                && weight == that.weight
                && Objects.equals(dayBudget, that.dayBudget)
                && Objects.equals(monthBudget, that.monthBudget)
                && Objects.equals(cache, that.cache)
                && Objects.equals(allowedModels, that.allowedModels)
                && Objects.equals(shadow, that.shadow)
                && Objects.equals(priceVersion, that.priceVersion)
                && ambiguous == that.ambiguous
                && isolation == that.isolation;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                version,
                hash,
                tier,
                requestsPerMinute,
                requestsPerDay,
                tokensPerMinute,
                maxPending,
                maxConcurrent,
                weight,
                dayBudget,
                monthBudget,
                cache,
                allowedModels,
                shadow,
                priceVersion,
                ambiguous,
                isolation);
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
                + ", tokensPerMinute="
                + tokensPerMinute
                + ", maxPending="
                + maxPending
                + ", maxConcurrent="
                + maxConcurrent
                + ", weight="
                + weight
                + ", dayBudget="
                + dayBudget
                + ", monthBudget="
                + monthBudget
                + ", cache="
                + cache
                + ", allowedModels="
                + allowedModels
                + ", shadow="
                + shadow
                + ", priceVersion="
                + priceVersion
                + ", ambiguous="
                + ambiguous
                + ", isolation="
                + isolation
                + '}';
    }

    /** Collects the values; {@link #build()} checks that the required ones are there. */
    public static final class Builder {
        private int version;

        @SuppressWarnings("NullAway.Init")
        private String hash;

        @SuppressWarnings("NullAway.Init")
        private String tier;

        private long requestsPerMinute = UNLIMITED;
        private long requestsPerDay = UNLIMITED;
        private long tokensPerMinute = UNLIMITED;
        private int maxPending = (int) UNLIMITED;
        private int maxConcurrent = (int) UNLIMITED;
        private int weight = 1;
        private @Nullable Budget dayBudget;
        private @Nullable Budget monthBudget;
        private CacheRules cache = CacheRules.SHIPPED;
        private List<String> allowedModels = List.of();
        private List<String> shadow = List.of();

        @SuppressWarnings("NullAway.Init")
        private String priceVersion;

        private AmbiguousAction ambiguous = AmbiguousAction.RETRY;
        private Isolation isolation = Isolation.POOLED;

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

        /** Tokens held or used in any 60 s of decision time; {@link #UNLIMITED} for no limit. */
        public Builder tokensPerMinute(long value) {
            this.tokensPerMinute = value;
            return this;
        }

        /** Requests admitted and not ended yet; {@link #UNLIMITED} for no limit. */
        public Builder maxPending(int value) {
            this.maxPending = value;
            return this;
        }

        /** Calls of this tenant that may run at once; {@link #UNLIMITED} for no limit. */
        public Builder maxConcurrent(int value) {
            this.maxConcurrent = value;
            return this;
        }

        /** Share of a full lane in relation to other tenants, at least 1. */
        public Builder weight(int value) {
            this.weight = value;
            return this;
        }

        /** What may be spent per UTC day of decision time; null for no budget. */
        public Builder dayBudget(@Nullable Budget value) {
            this.dayBudget = value;
            return this;
        }

        /** What may be spent per UTC month of decision time; null for no budget. */
        public Builder monthBudget(@Nullable Budget value) {
            this.monthBudget = value;
            return this;
        }

        /** How long answers and conversations are kept. */
        public Builder cache(CacheRules value) {
            this.cache = value;
            return this;
        }

        /** The models that may be asked, as in requests; empty for all. */
        public Builder allowedModels(List<String> value) {
            this.allowedModels = value;
            return this;
        }

        /** Names of limits that are evaluated and recorded but refuse nothing, sorted. */
        public Builder shadow(List<String> value) {
            this.shadow = value;
            return this;
        }

        /** The price book that the tenant is billed by. */
        public Builder priceVersion(String value) {
            this.priceVersion = value;
            return this;
        }

        /** What happens to a call that a run which died may have made. */
        public Builder ambiguous(AmbiguousAction value) {
            this.ambiguous = value;
            return this;
        }

        /** How far the tenant's rows are kept apart; pooled if it is not said. */
        public Builder isolation(Isolation value) {
            this.isolation = value;
            return this;
        }

        /** The finished value; throws if a required one is missing or out of range. */
        public EffectivePolicy build() {
            return new EffectivePolicy(this);
        }
    }
}
