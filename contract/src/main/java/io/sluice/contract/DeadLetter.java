package io.sluice.contract;

import java.util.Objects;

/** A record that could not be processed, kept whole with the reason. */
public final class DeadLetter {
    private final String reason;
    private final String detail;
    private final String stream;
    private final String shardId;
    private final String sequenceNumber;
    private final String partitionKey;
    private final long arrivedAtMillis;
    private final String raw;

    private DeadLetter(Builder b) {
        this.reason = Objects.requireNonNull(b.reason, "reason");
        this.detail = Objects.requireNonNull(b.detail, "detail");
        this.stream = Objects.requireNonNull(b.stream, "stream");
        this.shardId = Objects.requireNonNull(b.shardId, "shardId");
        this.sequenceNumber = Objects.requireNonNull(b.sequenceNumber, "sequenceNumber");
        this.partitionKey = Objects.requireNonNull(b.partitionKey, "partitionKey");
        this.arrivedAtMillis = b.arrivedAtMillis;
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
        b.arrivedAtMillis = arrivedAtMillis;
        b.raw = raw;
        return b;
    }

    /** Kebab-case class of the failure, such as {@code malformed-event}. */
    public String reason() {
        return reason;
    }

    /** What was seen and what was expected; no payload. */
    public String detail() {
        return detail;
    }

    /** The stream it came from. */
    public String stream() {
        return stream;
    }

    /** The shard it came from. */
    public String shardId() {
        return shardId;
    }

    /** Its sequence number there. */
    public String sequenceNumber() {
        return sequenceNumber;
    }

    /** Its partition key. */
    public String partitionKey() {
        return partitionKey;
    }

    /** When the stream took it, epoch milliseconds. */
    public long arrivedAtMillis() {
        return arrivedAtMillis;
    }

    /** The record's bytes, Base64. */
    public String raw() {
        return raw;
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
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
                && arrivedAtMillis == that.arrivedAtMillis
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
                arrivedAtMillis,
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
                + ", arrivedAtMillis="
                + arrivedAtMillis
                + '}';
    }

    /** Collects the values; {@link #build()} checks that the required ones are there. */
    public static final class Builder {
        @SuppressWarnings("NullAway.Init")
        private String reason;

        @SuppressWarnings("NullAway.Init")
        private String detail;

        @SuppressWarnings("NullAway.Init")
        private String stream;

        @SuppressWarnings("NullAway.Init")
        private String shardId;

        @SuppressWarnings("NullAway.Init")
        private String sequenceNumber;

        @SuppressWarnings("NullAway.Init")
        private String partitionKey;

        private long arrivedAtMillis;

        @SuppressWarnings("NullAway.Init")
        private String raw;

        private Builder() {}

        /** Kebab-case class of the failure, such as {@code malformed-event}. */
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
        public Builder stream(String value) {
            this.stream = value;
            return this;
        }

        /** The shard it came from. */
        public Builder shardId(String value) {
            this.shardId = value;
            return this;
        }

        /** Its sequence number there. */
        public Builder sequenceNumber(String value) {
            this.sequenceNumber = value;
            return this;
        }

        /** Its partition key. */
        public Builder partitionKey(String value) {
            this.partitionKey = value;
            return this;
        }

        /** When the stream took it, epoch milliseconds. */
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
