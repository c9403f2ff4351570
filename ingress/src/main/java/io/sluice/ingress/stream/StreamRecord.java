package io.sluice.ingress.stream;

import io.sluice.contract.RequestEvent;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way to the stream.
 *
 * @param partitionKey the tenant's id
 * @param data the event's bytes; not changed by anyone; empty while the event is to be made ready
 * @param unready a request whose prompt must be sealed, and stored apart if it is large, before its
 *     record can be made; null if the data is all there is
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StreamRecord(String partitionKey, byte[] data, @Nullable RequestEvent unready) {
    /** A record with everything in it. */
    public StreamRecord(String partitionKey, byte[] data) {
        this(partitionKey, data, null);
    }

    /** The record of a request that was just taken in. */
    public static StreamRecord of(RequestEvent event) {
        return new StreamRecord(event.tenantId(), new byte[0], event);
    }

    /** What it counts for against the limits of one call, bytes. */
    int weight() {
        return data.length + partitionKey.length();
    }

    /** About what it takes in memory until it is stored, bytes. */
    public int memoryBytes() {
        return data.length + (unready == null ? 0 : ENVELOPE_BYTES + unready.payload().length());
    }

    private static final int ENVELOPE_BYTES = 1_024;
}
