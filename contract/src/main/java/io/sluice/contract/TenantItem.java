package io.sluice.contract;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A tenant as administered: its tier, what was overridden, and where its rows lie. */
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
    private final Isolation isolation;
    private final @Nullable Isolation alsoIn;
    private final long movedAtMillis;
    private final boolean erasing;
    private final long erasedAtMillis;

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
        this.isolation = Objects.requireNonNull(b.isolation, "isolation");
        this.alsoIn = b.alsoIn;
        this.movedAtMillis = b.movedAtMillis;
        this.erasing = b.erasing;
        this.erasedAtMillis = b.erasedAtMillis;
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
        b.isolation = isolation;
        b.alsoIn = alsoIn;
        b.movedAtMillis = movedAtMillis;
        b.erasing = erasing;
        b.erasedAtMillis = erasedAtMillis;
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

    /**
     * How far its rows are kept apart: what is in force, whatever the policy's tiers and entries
     * say meanwhile. Set when it is created, and changed by a move alone.
     */
    public Isolation isolation() {
        return isolation;
    }

    /** During a move the other place that rows of it may lie in; null if there is none. */
    public @Nullable Isolation alsoIn() {
        return alsoIn;
    }

    /** When a move switched its isolation, epoch milliseconds; 0 if none is under way. */
    public long movedAtMillis() {
        return movedAtMillis;
    }

    /** Whether it is being erased, so that none of its id may be made before that is done. */
    public boolean erasing() {
        return erasing;
    }

    /**
     * Since when nothing that was asked before can be had any more, epoch milliseconds; 0 if it was
     * never erased. Stays when a tenant of its id is made anew.
     */
    public long erasedAtMillis() {
        return erasedAtMillis;
    }

    /**
     * Where rows of it may lie: one place, or two during a move, the place of new ones last. Who
     * looks in this order, one after the other, finds a row that is moved meanwhile: it is removed
     * from the first only after it is in the last.
     */
    public List<Isolation> places() {
        return alsoIn == null || alsoIn.ownTables() == isolation.ownTables()
                ? List.of(isolation)
                : List.of(alsoIn, isolation);
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
                && createdAtMillis == that.createdAtMillis
                && isolation == that.isolation
                && alsoIn == that.alsoIn
                && movedAtMillis == that.movedAtMillis
                && erasing == that.erasing
                && erasedAtMillis == that.erasedAtMillis;
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
                createdAtMillis,
                isolation,
                alsoIn,
                movedAtMillis,
                erasing,
                erasedAtMillis);
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
                + ", isolation="
                + isolation
                + ", alsoIn="
                + alsoIn
                + ", movedAtMillis="
                + movedAtMillis
                + ", erasing="
                + erasing
                + ", erasedAtMillis="
                + erasedAtMillis
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
        private Isolation isolation = Isolation.POOLED;
        private @Nullable Isolation alsoIn;
        private long movedAtMillis;
        private boolean erasing;
        private long erasedAtMillis;

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

        /** How far its rows are kept apart; pooled if it is not said. */
        public Builder isolation(Isolation value) {
            this.isolation = value;
            return this;
        }

        /** The other place that rows of it may lie in; null if there is none. */
        public Builder alsoIn(@Nullable Isolation value) {
            this.alsoIn = value;
            return this;
        }

        /** When a move switched its isolation, epoch milliseconds; 0 if none is under way. */
        public Builder movedAtMillis(long value) {
            this.movedAtMillis = value;
            return this;
        }

        /** Whether it is being erased. */
        public Builder erasing(boolean value) {
            this.erasing = value;
            return this;
        }

        /** Since when what was asked before is gone, epoch milliseconds; 0 if it never was. */
        public Builder erasedAtMillis(long value) {
            this.erasedAtMillis = value;
            return this;
        }

        /** The finished value; throws if a required one is missing or out of range. */
        public TenantItem build() {
            return new TenantItem(this);
        }
    }
}
