package io.sluice.contract;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A tenant as administered: its tier and what was overridden. */
public final class TenantItem {
    private final String tenantId;
    private final String tier;
    private final boolean tierByPolicy;
    private final String overrides;
    private final int policyVersion;
    private final @Nullable String policyHash;
    private final boolean suspended;
    private final boolean deleted;
    private final long createdAtMillis;

    private TenantItem(Builder b) {
        this.tenantId = Objects.requireNonNull(b.tenantId, "tenantId");
        this.tier = Objects.requireNonNull(b.tier, "tier");
        this.tierByPolicy = b.tierByPolicy;
        this.overrides = Objects.requireNonNull(b.overrides, "overrides");
        this.policyVersion = b.policyVersion;
        this.policyHash = b.policyHash;
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
        b.tierByPolicy = tierByPolicy;
        b.overrides = overrides;
        b.policyVersion = policyVersion;
        b.policyHash = policyHash;
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

    /**
     * Whether no administrator chose the tier, so that it is what the policy says of the tenant.
     */
    public boolean tierByPolicy() {
        return tierByPolicy;
    }

    /**
     * What an administrator set for this tenant alone: the text of a JSON object of limit keys such
     * as {@code requests_per_minute}, see {@code io.sluice.contract.policy.PolicyEntry}.
     */
    public String overrides() {
        return overrides;
    }

    /** Version of the effective policy; rises with each change and is never reused. */
    public int policyVersion() {
        return policyVersion;
    }

    /**
     * SHA-256 of the effective policy of that version, hex; null if it was stored by the first
     * version, or there is no policy.
     */
    public @Nullable String policyHash() {
        return policyHash;
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
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof TenantItem)) {
            return false;
        }
        TenantItem that = (TenantItem) other;
        return Objects.equals(tenantId, that.tenantId)
                && Objects.equals(tier, that.tier)
                && tierByPolicy == that.tierByPolicy
                && Objects.equals(overrides, that.overrides)
                && policyVersion == that.policyVersion
                && Objects.equals(policyHash, that.policyHash)
                && suspended == that.suspended
                && deleted == that.deleted
                && createdAtMillis == that.createdAtMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                tenantId,
                tier,
                tierByPolicy,
                overrides,
                policyVersion,
                policyHash,
                suspended,
                deleted,
                createdAtMillis);
    }

    /** Everything but payloads and secrets. */
    @Override
    public String toString() {
        return "TenantItem{"
                + "tenantId="
                + tenantId
                + ", tier="
                + tier
                + ", tierByPolicy="
                + tierByPolicy
                + ", overrides="
                + overrides
                + ", policyVersion="
                + policyVersion
                + ", policyHash="
                + policyHash
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

        private boolean tierByPolicy;
        private String overrides = "{}";
        private int policyVersion;
        private @Nullable String policyHash;
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

        /** Whether no administrator chose the tier, so that it is what the policy says. */
        public Builder tierByPolicy(boolean value) {
            this.tierByPolicy = value;
            return this;
        }

        /** The text of a JSON object of limit keys such as {@code requests_per_minute}. */
        public Builder overrides(String value) {
            this.overrides = value;
            return this;
        }

        /** Version of the effective policy; rises with each change and is never reused. */
        public Builder policyVersion(int value) {
            this.policyVersion = value;
            return this;
        }

        /** SHA-256 of the effective policy of that version, hex; null if there is none. */
        public Builder policyHash(@Nullable String value) {
            this.policyHash = value;
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
