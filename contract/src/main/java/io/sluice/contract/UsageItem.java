package io.sluice.contract;

import java.util.Objects;

/**
 * What a tenant used in one window under one combination of labels: absolute counts, never
 * increments.
 */
public final class UsageItem implements VersionedItem {
    private final String tenantId;
    private final UsageKey key;
    private final UsageCounts counts;
    private final long version;
    private final Isolation isolation;

    private UsageItem(Builder b) {
        this.tenantId = Objects.requireNonNull(b.tenantId, "tenantId");
        this.key = Objects.requireNonNull(b.key, "key");
        this.counts = Objects.requireNonNull(b.counts, "counts");
        this.version = b.version;
        this.isolation = Objects.requireNonNull(b.isolation, "isolation");
    }

    /** A builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from these values. */
    public Builder toBuilder() {
        Builder b = new Builder();
        b.tenantId = tenantId;
        b.key = key;
        b.counts = counts;
        b.version = version;
        b.isolation = isolation;
        return b;
    }

    @Override
    public String tenantId() {
        return tenantId;
    }

    /** Window and labels. */
    public UsageKey key() {
        return key;
    }

    @Override
    public String rangeKey() {
        return key.rangeKey();
    }

    /** The counts so far. */
    public UsageCounts counts() {
        return counts;
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public Isolation isolation() {
        return isolation;
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        if (!(other instanceof UsageItem)) {
            return false;
        }
        UsageItem that = (UsageItem) other;
        return Objects.equals(tenantId, that.tenantId)
                && Objects.equals(key, that.key)
                && Objects.equals(counts, that.counts)
                && version == that.version
                && isolation == that.isolation;
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenantId, key, counts, version, isolation);
    }

    /** Everything but payloads and secrets. */
    @Override
    public String toString() {
        return "UsageItem{"
                + "tenantId="
                + tenantId
                + ", key="
                + key
                + ", counts="
                + counts
                + ", version="
                + version
                + ", isolation="
                + isolation
                + '}';
    }

    /** Collects the values; {@link #build()} checks that the required ones are there. */
    public static final class Builder {
        @SuppressWarnings("NullAway.Init")
        private String tenantId;

        @SuppressWarnings("NullAway.Init")
        private UsageKey key;

        @SuppressWarnings("NullAway.Init")
        private UsageCounts counts;

        private long version;
        private Isolation isolation = Isolation.POOLED;

        private Builder() {}

        /** The tenant. */
        public Builder tenantId(String value) {
            this.tenantId = value;
            return this;
        }

        /** Window and labels. */
        public Builder key(UsageKey value) {
            this.key = value;
            return this;
        }

        /** The counts so far. */
        public Builder counts(UsageCounts value) {
            this.counts = value;
            return this;
        }

        /**
         * The tenant's sequence number that produced them; a lower one never overwrites a higher.
         */
        public Builder version(long value) {
            this.version = value;
            return this;
        }

        /** How far the tenant's rows are kept apart; pooled if it is not said. */
        public Builder isolation(Isolation value) {
            this.isolation = value;
            return this;
        }

        /** The finished value; throws if a required one is missing or out of range. */
        public UsageItem build() {
            return new UsageItem(this);
        }
    }
}
