package io.sluice.pipeline.enforce;

import io.sluice.contract.Event;

/** An event with its place in its tenant's log. */
public final class LogRecord {
    private final Event event;
    private final long arrivedAtMillis;
    private final String sequenceNumber;

    /** The event, the stream's arrival time, and its sequence number in the shard. */
    public LogRecord(Event event, long arrivedAtMillis, String sequenceNumber) {
        this.event = event;
        this.arrivedAtMillis = arrivedAtMillis;
        this.sequenceNumber = sequenceNumber;
    }

    /** The event. */
    public Event event() {
        return event;
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
