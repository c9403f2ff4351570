package io.sluice.contract;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The names a client gave its request, for grouping; each matches {@link Names#LABEL}. */
public final class Labels {
    private final String endpoint;
    private final @Nullable String agentId;
    private final @Nullable String userId;
    private final @Nullable String session;
    private final Map<String, String> metadata;

    private Labels(Builder b) {
        this.endpoint = Objects.requireNonNull(b.endpoint, "endpoint");
        this.agentId = b.agentId;
        this.userId = b.userId;
        this.session = b.session;
        this.metadata = Collections.unmodifiableMap(new TreeMap<>(b.metadata));
    }

    /** A builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from these values. */
    public Builder toBuilder() {
        Builder b = new Builder();
        b.endpoint = endpoint;
        b.agentId = agentId;
        b.userId = userId;
        b.session = session;
        b.metadata = metadata;
        return b;
    }

    /** The calling feature, {@code default} if none was named. */
    public String endpoint() {
        return endpoint;
    }

    /** The agent, if any. */
    public @Nullable String agentId() {
        return agentId;
    }

    /** The end user, if any. */
    public @Nullable String userId() {
        return userId;
    }

    /** The conversation, if any. */
    public @Nullable String session() {
        return session;
    }

    /** Further labels, in key order. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** The metadata entry that finance groups by; null if none. */
    public @Nullable String costCenter() {
        return metadata.get("cost_center");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Labels)) {
            return false;
        }
        Labels that = (Labels) other;
        return Objects.equals(endpoint, that.endpoint)
                && Objects.equals(agentId, that.agentId)
                && Objects.equals(userId, that.userId)
                && Objects.equals(session, that.session)
                && Objects.equals(metadata, that.metadata);
    }

    @Override
    public int hashCode() {
        return Objects.hash(endpoint, agentId, userId, session, metadata);
    }

    /** Everything but payloads and secrets. */
    @Override
    public String toString() {
        return "Labels{"
                + "endpoint="
                + endpoint
                + ", agentId="
                + agentId
                + ", userId="
                + userId
                + ", session="
                + session
                + ", metadata="
                + metadata
                + '}';
    }

    /** Collects the values; {@link #build()} checks that the required ones are there. */
    public static final class Builder {
        @SuppressWarnings("NullAway.Init")
        private String endpoint;

        private @Nullable String agentId;
        private @Nullable String userId;
        private @Nullable String session;
        private Map<String, String> metadata = Map.of();

        private Builder() {}

        /** The calling feature, {@code default} if none was named. */
        public Builder endpoint(String value) {
            this.endpoint = value;
            return this;
        }

        /** The agent, if any. */
        public Builder agentId(@Nullable String value) {
            this.agentId = value;
            return this;
        }

        /** The end user, if any. */
        public Builder userId(@Nullable String value) {
            this.userId = value;
            return this;
        }

        /** The conversation, if any. */
        public Builder session(@Nullable String value) {
            this.session = value;
            return this;
        }

        /** Further labels, in key order. */
        public Builder metadata(Map<String, String> value) {
            this.metadata = value;
            return this;
        }

        /** The finished value; throws if a required one is missing or out of range. */
        public Labels build() {
            return new Labels(this);
        }
    }
}
