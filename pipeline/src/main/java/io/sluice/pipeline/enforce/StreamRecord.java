package io.sluice.pipeline.enforce;

/** A record as the stream gave it: bytes that may or may not be an event. */
public final class StreamRecord {
    private final byte[] data;
    private final String partitionKey;
    private final String shardId;
    private final String sequenceNumber;
    private final long arrivedAtMillis;

    /** The record's bytes (not copied), where it lay, and when the stream took it. */
    public StreamRecord(
            byte[] data,
            String partitionKey,
            String shardId,
            String sequenceNumber,
            long arrivedAtMillis) {
        this.data = data;
        this.partitionKey = partitionKey;
        this.shardId = shardId;
        this.sequenceNumber = sequenceNumber;
        this.arrivedAtMillis = arrivedAtMillis;
    }

    /** The bytes; not copied, not to be changed. */
    public byte[] data() {
        return data;
    }

    /** The key that chose the shard. */
    public String partitionKey() {
        return partitionKey;
    }

    /** The shard. */
    public String shardId() {
        return shardId;
    }

    /** The place in the shard. */
    public String sequenceNumber() {
        return sequenceNumber;
    }

    /** The stream's approximate arrival time, epoch milliseconds. */
    public long arrivedAtMillis() {
        return arrivedAtMillis;
    }
}
