package io.sluice.contract;

import java.util.Objects;

/** An API key as stored: never the key, only a salted hash. */
public final class ApiKeyItem {
    private final String tenantId;
    private final String keyId;
    private final String salt;
    private final String hash;
    private final String label;
    private final long createdAtMillis;
    private final long expiresAtMillis;

    private ApiKeyItem(Builder b) {
        this.tenantId = Objects.requireNonNull(b.tenantId, "tenantId");
        this.keyId = Objects.requireNonNull(b.keyId, "keyId");
        this.salt = Objects.requireNonNull(b.salt, "salt");
        this.hash = Objects.requireNonNull(b.hash, "hash");
        this.label = Objects.requireNonNull(b.label, "label");
        this.createdAtMillis = b.createdAtMillis;
        this.expiresAtMillis = b.expiresAtMillis;
    }

    /** A builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from these values. */
    public Builder toBuilder() {
        Builder b = new Builder();
        b.tenantId = tenantId;
        b.keyId = keyId;
        b.salt = salt;
        b.hash = hash;
        b.label = label;
        b.createdAtMillis = createdAtMillis;
        b.expiresAtMillis = expiresAtMillis;
        return b;
    }

    /** The tenant it opens. */
    public String tenantId() {
        return tenantId;
    }

    /** The part of the key that names it. */
    public String keyId() {
        return keyId;
    }

    /** Salt of the hash, hex. */
    public String salt() {
        return salt;
    }

    /** SHA-256 of salt and secret, hex. */
    public String hash() {
        return hash;
    }

    /** The administrator's name for it. */
    public String label() {
        return label;
    }

    /** When it was made, epoch milliseconds. */
    public long createdAtMillis() {
        return createdAtMillis;
    }

    /** When it stops working, epoch milliseconds; 0 for never. */
    public long expiresAtMillis() {
        return expiresAtMillis;
    }

    /** Start of the range key of every key item in the tenants table. */
    public static final String RANGE_PREFIX = "key#";

    /** The range key of this item in the tenants table. */
    public String rangeKey() {
        return RANGE_PREFIX + keyId;
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        if (!(other instanceof ApiKeyItem)) {
            return false;
        }
        ApiKeyItem that = (ApiKeyItem) other;
        return Objects.equals(tenantId, that.tenantId)
                && Objects.equals(keyId, that.keyId)
                && Objects.equals(salt, that.salt)
                && Objects.equals(hash, that.hash)
                && Objects.equals(label, that.label)
                && createdAtMillis == that.createdAtMillis
                && expiresAtMillis == that.expiresAtMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenantId, keyId, salt, hash, label, createdAtMillis, expiresAtMillis);
    }

    /** Everything but payloads and secrets. */
    @Override
    public String toString() {
        return "ApiKeyItem{"
                + "tenantId="
                + tenantId
                + ", keyId="
                + keyId
                + ", label="
                + label
                + ", createdAtMillis="
                + createdAtMillis
                + ", expiresAtMillis="
                + expiresAtMillis
                + '}';
    }

    /** Collects the values; {@link #build()} checks that the required ones are there. */
    public static final class Builder {
        @SuppressWarnings("NullAway.Init")
        private String tenantId;

        @SuppressWarnings("NullAway.Init")
        private String keyId;

        @SuppressWarnings("NullAway.Init")
        private String salt;

        @SuppressWarnings("NullAway.Init")
        private String hash;

        @SuppressWarnings("NullAway.Init")
        private String label;

        private long createdAtMillis;
        private long expiresAtMillis;

        private Builder() {}

        /** The tenant it opens. */
        public Builder tenantId(String value) {
            this.tenantId = value;
            return this;
        }

        /** The part of the key that names it. */
        public Builder keyId(String value) {
            this.keyId = value;
            return this;
        }

        /** Salt of the hash, hex. */
        public Builder salt(String value) {
            this.salt = value;
            return this;
        }

        /** SHA-256 of salt and secret, hex. */
        public Builder hash(String value) {
            this.hash = value;
            return this;
        }

        /** The administrator's name for it. */
        public Builder label(String value) {
            this.label = value;
            return this;
        }

        /** When it was made, epoch milliseconds. */
        public Builder createdAtMillis(long value) {
            this.createdAtMillis = value;
            return this;
        }

        /** When it stops working, epoch milliseconds; 0 for never. */
        public Builder expiresAtMillis(long value) {
            this.expiresAtMillis = value;
            return this;
        }

        /** The finished value; throws if a required one is missing or out of range. */
        public ApiKeyItem build() {
            return new ApiKeyItem(this);
        }
    }
}
