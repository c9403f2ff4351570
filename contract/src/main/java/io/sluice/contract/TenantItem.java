package io.sluice.contract;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A tenant as administered: its tier and what was overridden. */
public final class TenantItem {
    private final String tenantId;
    private final String tier;
    private final Map<String, Long> overrides;
    private final int policyVersion;
    private final boolean suspended;
    private final boolean deleted;
    private final long createdAtMillis;

    private TenantItem(Builder b) {
        this.tenantId = Objects.requireNonNull(b.tenantId, "tenantId");
        this.tier = Objects.requireNonNull(b.tier, "tier");
        this.overrides = Collections.unmodifiableMap(new TreeMap<>(b.overrides));
        this.policyVersion = b.policyVersion;
        this.suspended = b.suspended;
        this.deleted = b.deleted;
        this.createdAtMillis = b.createdAtMillis;
    }

    /** A builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from these values. */
    public Builder toBuilder() {
        Builder b = new Builder();
        b.tenantId = tenantId;
        b.tier = tier;
        b.overrides = overrides;
        b.policyVersion = policyVersion;
        b.suspended = suspended;
        b.deleted = deleted;
        b.createdAtMillis = createdAtMillis;
        return b;
    }

    /** The tenant, see {@link Names#TENANT_ID}. */
    public String tenantId() {
        return tenantId;
    }

    /** The tier's name. */
    public String tier() {
        return tier;
    }

    /** Limits that differ from the tier's, by limit key such as {@code requests_per_minute}. */
    public Map<String, Long> overrides() {
        return overrides;
    }

    /** Version of the effective policy; rises with each change and is never reused. */
    public int policyVersion() {
        return policyVersion;
    }

    /** Whether every request is refused. */
    public boolean suspended() {
        return suspended;
    }

    /** Whether the tenant was deleted; kept so that its versions are never reused. */
    public boolean deleted() {
        return deleted;
    }

    /** When it was first created, epoch milliseconds. */
    public long createdAtMillis() {
        return createdAtMillis;
    }

    /** The range key of the tenant's own item in the tenants table. */
    public static final String RANGE_KEY = "tenant";

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        if (!(other instanceof TenantItem)) {
            return false;
        }
        TenantItem that = (TenantItem) other;
        return Objects.equals(tenantId, that.tenantId)
                && Objects.equals(tier, that.tier)
                && Objects.equals(overrides, that.overrides)
                && policyVersion == that.policyVersion
                && suspended == that.suspended
                && deleted == that.deleted
                && createdAtMillis == that.createdAtMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                tenantId, tier, overrides, policyVersion, suspended, deleted, createdAtMillis);
    }

    /** Everything but payloads and secrets. */
    @Override
    public String toString() {
        return "TenantItem{"
                + "tenantId="
                + tenantId
                + ", tier="
                + tier
                + ", overrides="
                + overrides
                + ", policyVersion="
                + policyVersion
                + ", suspended="
                + suspended
                + ", deleted="
                + deleted
                + ", createdAtMillis="
                + createdAtMillis
                + '}';
    }

    /** Collects the values; {@link #build()} checks that the required ones are there. */
    public static final class Builder {
        @SuppressWarnings("NullAway.Init")
        private String tenantId;

        @SuppressWarnings("NullAway.Init")
        private String tier;

        private Map<String, Long> overrides = Map.of();
        private int policyVersion;
        private boolean suspended;
        private boolean deleted;
        private long createdAtMillis;

        private Builder() {}

        /** The tenant, see {@link Names#TENANT_ID}. */
        public Builder tenantId(String value) {
            this.tenantId = value;
            return this;
        }

        /** The tier's name. */
        public Builder tier(String value) {
            this.tier = value;
            return this;
        }

        /** Limits that differ from the tier's, by limit key such as {@code requests_per_minute}. */
        public Builder overrides(Map<String, Long> value) {
            this.overrides = value;
            return this;
        }

        /** Version of the effective policy; rises with each change and is never reused. */
        public Builder policyVersion(int value) {
            this.policyVersion = value;
            return this;
        }

        /** Whether every request is refused. */
        public Builder suspended(boolean value) {
            this.suspended = value;
            return this;
        }

        /** Whether the tenant was deleted; kept so that its versions are never reused. */
        public Builder deleted(boolean value) {
            this.deleted = value;
            return this;
        }

        /** When it was first created, epoch milliseconds. */
        public Builder createdAtMillis(long value) {
            this.createdAtMillis = value;
            return this;
        }

        /** The finished value; throws if a required one is missing or out of range. */
        public TenantItem build() {
            return new TenantItem(this);
        }
    }
}
