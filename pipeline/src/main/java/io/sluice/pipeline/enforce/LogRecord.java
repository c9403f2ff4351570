package io.sluice.pipeline.enforce;

import io.sluice.contract.Event;
import io.sluice.contract.json.EventJson;

/** An event with its place in its tenant's log. */
public final class LogRecord {
    private final Event event;
    private final byte[] written;
    private final long arrivedAtMillis;
    private final String sequenceNumber;

    /** The event, the stream's arrival time, and its sequence number in the shard. */
    public LogRecord(Event event, long arrivedAtMillis, String sequenceNumber) {
        this(event, EventJson.write(event), arrivedAtMillis, sequenceNumber);
    }

    /**
     * The same with the JSON from which the event was read (not copied), so that nobody needs to
     * write it again.
     */
    public LogRecord(Event event, byte[] written, long arrivedAtMillis, String sequenceNumber) {
        this.event = event;
        this.written = written;
        this.arrivedAtMillis = arrivedAtMillis;
        this.sequenceNumber = sequenceNumber;
    }

    /** The event. */
    public Event event() {
        return event;
    }

    /** The event as JSON; not copied, not to be changed. */
    public byte[] written() {
        return written;
    }

    /** The tenant whose log this is. */
    public String tenantId() {
        return event.tenantId();
    }

    /** The stream's arrival time, epoch milliseconds. */
    public long arrivedAtMillis() {
        return arrivedAtMillis;
    }

    /** The place in the shard. */
    public String sequenceNumber() {
        return sequenceNumber;
    }
}
