package io.sluice.local.kinesis.storage;

/**
 * A record of a shard.
 *
 * <p>Immutable by agreement: nobody writes to {@link #data()}.
 */
public final class StoredRecord {
    private final long ordinal;
    private final long arrivalMillis;
    private final String partitionKey;
    private final byte[] data;

    public StoredRecord(long ordinal, long arrivalMillis, String partitionKey, byte[] data) {
        this.ordinal = ordinal;
        this.arrivalMillis = arrivalMillis;
        this.partitionKey = partitionKey;
        this.data = data;
    }

    /** The place within the shard: the first record has 1, the next one more. */
    public long ordinal() {
        return ordinal;
    }

    /** When the shard took the record, in epoch milliseconds; never falls within a shard. */
    public long arrivalMillis() {
        return arrivalMillis;
    }

    public String partitionKey() {
        return partitionKey;
    }

    public byte[] data() {
        return data;
    }
}
