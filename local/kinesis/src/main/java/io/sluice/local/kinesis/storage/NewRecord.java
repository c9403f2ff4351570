package io.sluice.local.kinesis.storage;

/** A record that has no place in a shard yet. */
public final class NewRecord {
    private final String partitionKey;
    private final byte[] data;

    public NewRecord(String partitionKey, byte[] data) {
        this.partitionKey = partitionKey;
        this.data = data;
    }

    public String partitionKey() {
        return partitionKey;
    }

    public byte[] data() {
        return data;
    }
}
