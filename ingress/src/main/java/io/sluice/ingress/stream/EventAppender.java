package io.sluice.ingress.stream;

import io.sluice.contract.RequestEvent;
import io.sluice.contract.json.EventJson;
import io.sluice.ingress.payload.Payloads;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;

/**
 * Appends events, each sealed and after what it refers to: a payload that could not be sealed or
 * stored leaves nothing on the stream, and an event that could not be appended leaves an object
 * that nobody refers to, which goes with its retention. Thread-safe, never blocks.
 */
@Singleton
public final class EventAppender {
    private final EventWriter writer;
    private final Payloads payloads;

    EventAppender(EventWriter writer, Payloads payloads) {
        this.writer = writer;
        this.payloads = payloads;
    }

    /** Throws the 503 problem of a pause, for whoever must not begin what cannot be ended now. */
    public void refusePaused() {
        writer.refusePaused();
    }

    /** Completes when everything is stored; fails with a 503 problem. */
    public CompletableFuture<Void> append(StreamRecord record) {
        RequestEvent unready = record.unready();
        return unready == null
                ? writer.append(record)
                : payloads.travelling(unready)
                        .thenCompose(
                                event ->
                                        writer.append(
                                                new StreamRecord(
                                                        record.partitionKey(),
                                                        EventJson.write(event))));
    }
}
