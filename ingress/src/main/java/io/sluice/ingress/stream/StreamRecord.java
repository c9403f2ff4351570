package io.sluice.ingress.stream;

import io.sluice.objects.LargePayload;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way to the stream.
 *
 * @param partitionKey the tenant's id
 * @param data the event's bytes; not changed by anyone
 * @param apart what must be stored before the record is, because the event only refers to it; null
 *     if there is nothing
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StreamRecord(String partitionKey, byte[] data, @Nullable LargePayload apart) {
    /** A record with everything in it. */
    public StreamRecord(String partitionKey, byte[] data) {
        this(partitionKey, data, null);
    }

    /** What it counts for against the limits of one call, bytes. */
    int weight() {
        return data.length + partitionKey.length();
    }

    /** What it takes in memory until it is stored, bytes. */
    public int memoryBytes() {
        return data.length + (apart == null ? 0 : apart.length());
    }
}
