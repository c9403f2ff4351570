package io.sluice.ingress.stream;

/**
 * A record on its way to the stream.
 *
 * @param partitionKey the tenant's id
 * @param data the event's bytes; not changed by anyone
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StreamRecord(String partitionKey, byte[] data) {
    /** What it counts for against the limits of one call, bytes. */
    int weight() {
        return data.length + partitionKey.length();
    }
}
