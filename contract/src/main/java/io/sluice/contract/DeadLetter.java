package io.sluice.contract;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be processed, kept whole with the reason. It is told by its place on a
 * stream, or, if the record was a request whose call failed, by that request.
 */
public final class DeadLetter implements VersionedItem {
    private final String reason;
    private final String detail;
    private final @Nullable String stream;
    private final @Nullable String shardId;
    private final @Nullable String sequenceNumber;
    private final String partitionKey;
    private final @Nullable String requestId;
    private final int attempts;
    private final @Nullable String lastError;
    private final long arrivedAtMillis;
    private final long diedAtMillis;
    private final String raw;

    private DeadLetter(Builder b) {
        this.reason = Objects.requireNonNull(b.reason, "reason");
        this.detail = Objects.requireNonNull(b.detail, "detail");
        this.requestId = b.requestId;
        this.stream = b.stream;
        this.shardId = b.shardId;
        this.sequenceNumber = b.sequenceNumber;
        if (requestId == null) {
            Objects.requireNonNull(stream, "stream");
            Objects.requireNonNull(shardId, "shardId");
            Objects.requireNonNull(sequenceNumber, "sequenceNumber");
        }
        this.partitionKey = Objects.requireNonNull(b.partitionKey, "partitionKey");
        this.attempts = b.attempts;
        this.lastError = b.lastError;
        this.arrivedAtMillis = b.arrivedAtMillis;
        this.diedAtMillis = b.diedAtMillis == null ? b.arrivedAtMillis : b.diedAtMillis;
        this.raw = Objects.requireNonNull(b.raw, "raw");
    }

    /** A builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from these values. */
    public Builder toBuilder() {
        Builder b = new Builder();
        b.reason = reason;
        b.detail = detail;
        b.stream = stream;
        b.shardId = shardId;
        b.sequenceNumber = sequenceNumber;
        b.partitionKey = partitionKey;
        b.requestId = requestId;
        b.attempts = attempts;
        b.lastError = lastError;
        b.arrivedAtMillis = arrivedAtMillis;
        b.diedAtMillis = diedAtMillis;
        b.raw = raw;
        return b;
    }

    /** Its name, which follows from what it tells of: repeating the letter repeats the name. */
    public String id() {
        return requestId == null
                ? DeadLetterId.of(
                        diedAtMillis,
                        String.valueOf(stream),
                        String.valueOf(shardId),
                        String.valueOf(sequenceNumber))
                : DeadLetterId.of(diedAtMillis, partitionKey, requestId);
    }

    /**
     * The tenant under whose id the record lay on the stream; {@link Names#NO_LABEL} if that is no
     * tenant's id.
     */
    @Override
    public String tenantId() {
        return Names.TENANT_ID.matcher(partitionKey).matches() ? partitionKey : Names.NO_LABEL;
    }

    @Override
    public String rangeKey() {
        return id();
    }

    /** Always the same: the first letter of a name stands. */
    @Override
    public long version() {
        return 1;
    }

    /** Kebab-case class of the failure, see {@link DeadLetterReason}. */
    public String reason() {
        return reason;
    }

    /** What was seen and what was expected; no payload. */
    public String detail() {
        return detail;
    }

    /** The stream it came from; null if it is told by its request. */
    public @Nullable String stream() {
        return stream;
    }

    /** The shard it came from; null if it is told by its request. */
    public @Nullable String shardId() {
        return shardId;
    }

    /** Its sequence number there; null if it is told by its request. */
    public @Nullable String sequenceNumber() {
        return sequenceNumber;
    }

    /** Its partition key. */
    public String partitionKey() {
        return partitionKey;
    }

    /** The request whose call failed; null if the record could not be read as one. */
    public @Nullable String requestId() {
        return requestId;
    }

    /** Calls of a model that were made for it. */
    public int attempts() {
        return attempts;
    }

    /** Class and code of the last of them that failed; no text of anybody's; null if unknown. */
    public @Nullable String lastError() {
        return lastError;
    }

    /** When the stream or the ingress took it, epoch milliseconds. */
    public long arrivedAtMillis() {
        return arrivedAtMillis;
    }

    /** When it failed for good, epoch milliseconds; of a malformed record, when it arrived. */
    public long diedAtMillis() {
        return diedAtMillis;
    }

    /** The record's bytes, Base64; opaque, may hold a prompt. */
    public String raw() {
        return raw;
    }

    /** How many bytes the record has. */
    public int recordBytes() {
        int padding = raw.endsWith("==") ? 2 : (raw.endsWith("=") ? 1 : 0);
        return raw.length() / 4 * 3 - padding;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof DeadLetter)) {
            return false;
        }
        DeadLetter that = (DeadLetter) other;
        return Objects.equals(reason, that.reason)
                && Objects.equals(detail, that.detail)
                && Objects.equals(stream, that.stream)
                && Objects.equals(shardId, that.shardId)
                && Objects.equals(sequenceNumber, that.sequenceNumber)
                && Objects.equals(partitionKey, that.partitionKey)
                && Objects.equals(requestId, that.requestId)
                && attempts == that.attempts
                && Objects.equals(lastError, that.lastError)
                && arrivedAtMillis == that.arrivedAtMillis
                && diedAtMillis == that.diedAtMillis
                && Objects.equals(raw, that.raw);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                reason,
                detail,
                stream,
                shardId,
                sequenceNumber,
                partitionKey,
                requestId,
                attempts,
                lastError,
                arrivedAtMillis,
                diedAtMillis,
                raw);
    }

    /** Everything but payloads and secrets. */
    @Override
    public String toString() {
        return "DeadLetter{"
                + "reason="
                + reason
                + ", detail="
                + detail
                + ", stream="
                + stream
                + ", shardId="
                + shardId
                + ", sequenceNumber="
                + sequenceNumber
                + ", partitionKey="
                + partitionKey
                + ", requestId="
                + requestId
                + ", attempts="
                + attempts
                + ", lastError="
                + lastError
                + ", arrivedAtMillis="
                + arrivedAtMillis
                + ", diedAtMillis="
                + diedAtMillis
                + '}';
    }

    /** Collects the values; {@link #build()} checks that the required ones are there. */
    public static final class Builder {
        @SuppressWarnings("NullAway.Init")
        private String reason;

        @SuppressWarnings("NullAway.Init")
        private String detail;

        private @Nullable String stream;
        private @Nullable String shardId;
        private @Nullable String sequenceNumber;

        @SuppressWarnings("NullAway.Init")
        private String partitionKey;

        private @Nullable String requestId;
        private int attempts;
        private @Nullable String lastError;
        private long arrivedAtMillis;
        private @Nullable Long diedAtMillis;

        @SuppressWarnings("NullAway.Init")
        private String raw;

        private Builder() {}

        /** Kebab-case class of the failure, see {@link DeadLetterReason}. */
        public Builder reason(String value) {
            this.reason = value;
            return this;
        }

        /** What was seen and what was expected; no payload. */
        public Builder detail(String value) {
            this.detail = value;
            return this;
        }

        /** The stream it came from. */
        public Builder stream(@Nullable String value) {
            this.stream = value;
            return this;
        }

        /** The shard it came from. */
        public Builder shardId(@Nullable String value) {
            this.shardId = value;
            return this;
        }

        /** Its sequence number there. */
        public Builder sequenceNumber(@Nullable String value) {
            this.sequenceNumber = value;
            return this;
        }

        /** Its partition key. */
        public Builder partitionKey(String value) {
            this.partitionKey = value;
            return this;
        }

        /** The request whose call failed; null if there is none. */
        public Builder requestId(@Nullable String value) {
            this.requestId = value;
            return this;
        }

        /** Calls of a model that were made for it. */
        public Builder attempts(int value) {
            this.attempts = value;
            return this;
        }

        /** Class and code of the last failure. */
        public Builder lastError(@Nullable String value) {
            this.lastError = value;
            return this;
        }

        /** When it failed for good, epoch milliseconds; if left out, when it arrived. */
        public Builder diedAtMillis(long value) {
            this.diedAtMillis = value;
            return this;
        }

        /** When the stream or the ingress took it, epoch milliseconds. */
        public Builder arrivedAtMillis(long value) {
            this.arrivedAtMillis = value;
            return this;
        }

        /** The record's bytes, Base64. */
        public Builder raw(String value) {
            this.raw = value;
            return this;
        }

        /** The finished value; throws if a required one is missing or out of range. */
        public DeadLetter build() {
            return new DeadLetter(this);
        }
    }
}
