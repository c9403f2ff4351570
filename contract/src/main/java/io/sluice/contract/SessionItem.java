package io.sluice.contract;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a conversation, for readers, as one event of the tenant's log left it; or, without
 * turns, the trace of one that is gone, which keeps older copies from coming back. The engine never
 * reads it.
 */
public final class SessionItem implements VersionedItem {
    private final String tenantId;
    private final SessionKey key;
    private final boolean deleted;
    private final List<String> turns;
    private final int turnCount;
    private final long tokens;
    private final long updatedAtMillis;
    private final long expiresAtSeconds;
    private final long version;
    private final Isolation isolation;

    private SessionItem(Builder b) {
        this.tenantId = Objects.requireNonNull(b.tenantId, "tenantId");
        this.key = Objects.requireNonNull(b.key, "key");
        this.deleted = b.deleted;
        this.turns = List.copyOf(b.turns);
        this.turnCount = b.turnCount;
        this.tokens = b.tokens;
        this.updatedAtMillis = b.updatedAtMillis;
        this.expiresAtSeconds = b.expiresAtSeconds;
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
        b.deleted = deleted;
        b.turns = turns;
        b.turnCount = turnCount;
        b.tokens = tokens;
        b.updatedAtMillis = updatedAtMillis;
        b.expiresAtSeconds = expiresAtSeconds;
        b.version = version;
        b.isolation = isolation;
        return b;
    }

    @Override
    public String tenantId() {
        return tenantId;
    }

    /** Which conversation. */
    public SessionKey key() {
        return key;
    }

    @Override
    public String rangeKey() {
        return key.text();
    }

    /** Whether the conversation is gone. */
    public boolean deleted() {
        return deleted;
    }

    /** The newest kept turns, oldest first, each as {@code contract.json.TurnPayload} spells it. */
    public List<String> turns() {
        return turns;
    }

    /** How many turns the conversation has. */
    public int turnCount() {
        return turnCount;
    }

    /** Whether the item had no room for the older turns. */
    public boolean truncated() {
        return turns.size() < turnCount;
    }

    /** Tokens of all turns. */
    public long tokens() {
        return tokens;
    }

    /** When it was last answered, or when it went, epoch milliseconds. */
    public long updatedAtMillis() {
        return updatedAtMillis;
    }

    /** When it is over, or when its trace may go, epoch seconds. */
    public long expiresAtSeconds() {
        return expiresAtSeconds;
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
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof SessionItem)) {
            return false;
        }
        SessionItem that = (SessionItem) other;
        return tenantId.equals(that.tenantId)
                && key.equals(that.key)
                && deleted == that.deleted
                && turns.equals(that.turns)
                && turnCount == that.turnCount
                && tokens == that.tokens
                && updatedAtMillis == that.updatedAtMillis
                && expiresAtSeconds == that.expiresAtSeconds
                && version == that.version
                && isolation == that.isolation;
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenantId, key, version, isolation);
    }

    /** Everything but payloads and secrets. */
    @Override
    public String toString() {
        return "SessionItem{"
                + "tenantId="
                + tenantId
                + ", key="
                + key
                + ", deleted="
                + deleted
                + ", turnCount="
                + turnCount
                + ", tokens="
                + tokens
                + ", updatedAtMillis="
                + updatedAtMillis
                + ", expiresAtSeconds="
                + expiresAtSeconds
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
        private SessionKey key;

        private boolean deleted;
        private List<String> turns = List.of();
        private int turnCount;
        private long tokens;
        private long updatedAtMillis;
        private long expiresAtSeconds;
        private long version;
        private Isolation isolation = Isolation.POOLED;

        private Builder() {}

        /** The tenant. */
        public Builder tenantId(String value) {
            this.tenantId = value;
            return this;
        }

        /** Which conversation. */
        public Builder key(SessionKey value) {
            this.key = value;
            return this;
        }

        /** Whether the conversation is gone. */
        public Builder deleted(boolean value) {
            this.deleted = value;
            return this;
        }

        /** The newest kept turns, oldest first. */
        public Builder turns(List<String> value) {
            this.turns = value;
            return this;
        }

        /** How many turns the conversation has. */
        public Builder turnCount(int value) {
            this.turnCount = value;
            return this;
        }

        /** Tokens of all turns. */
        public Builder tokens(long value) {
            this.tokens = value;
            return this;
        }

        /** When it was last answered, or when it went, epoch milliseconds. */
        public Builder updatedAtMillis(long value) {
            this.updatedAtMillis = value;
            return this;
        }

        /** When it is over, or when its trace may go, epoch seconds. */
        public Builder expiresAtSeconds(long value) {
            this.expiresAtSeconds = value;
            return this;
        }

        /** The tenant's sequence number that produced it. */
        public Builder version(long value) {
            this.version = value;
            return this;
        }

        /** How far the tenant's rows are kept apart; pooled if it is not said. */
        public Builder isolation(Isolation value) {
            this.isolation = value;
            return this;
        }

        /** The finished value; throws if a required one is missing. */
        public SessionItem build() {
            return new SessionItem(this);
        }
    }
}
