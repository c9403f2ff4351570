package io.sluice.contract.audit;

/** What a record's body says of its place in the history. */
public final class AuditHead {
    private final String tenantId;
    private final long seq;
    private final String kind;
    private final long arrivedAtMillis;
    private final String previousHash;

    /**
     * A place.
     *
     * @param previousHash of the record before it, 64 hexadecimal digits
     */
    public AuditHead(
            String tenantId, long seq, String kind, long arrivedAtMillis, String previousHash) {
        this.tenantId = tenantId;
        this.seq = seq;
        this.kind = kind;
        this.arrivedAtMillis = arrivedAtMillis;
        this.previousHash = previousHash;
    }

    /** Whose history. */
    public String tenantId() {
        return tenantId;
    }

    /** The record's number there, from 1. */
    public long seq() {
        return seq;
    }

    /** Hash of the record before it, 64 hexadecimal digits. */
    public String previousHash() {
        return previousHash;
    }

    boolean isOf(AuditRecord record) {
        return tenantId.equals(record.tenantId())
                && seq == record.seq()
                && kind.equals(record.kind().wireName())
                && arrivedAtMillis == record.arrivedAtMillis();
    }
}
