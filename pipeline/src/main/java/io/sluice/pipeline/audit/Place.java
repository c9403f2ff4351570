package io.sluice.pipeline.audit;

/** The place of a record in its tenant's history. */
public final class Place {
    private final String tenantId;
    private final long seq;
    private final long arrivedAtMillis;
    private final byte[] previousHash;

    /**
     * A place.
     *
     * @param tenantId whose history
     * @param seq the record's number, from 1
     * @param arrivedAtMillis when the stream took the event, epoch milliseconds
     * @param previousHash of the record before it; not copied
     */
    public Place(String tenantId, long seq, long arrivedAtMillis, byte[] previousHash) {
        this.tenantId = tenantId;
        this.seq = seq;
        this.arrivedAtMillis = arrivedAtMillis;
        this.previousHash = previousHash;
    }

    String tenantId() {
        return tenantId;
    }

    long seq() {
        return seq;
    }

    long arrivedAtMillis() {
        return arrivedAtMillis;
    }

    byte[] previousHash() {
        return previousHash;
    }
}
