package io.sluice.contract.audit;

/**
 * What of a record is needed to fold it again: its place, the hash of its body, and of the body
 * only the {@code input}. Bytes are shared and not copied.
 */
public final class RecordedInput {
    private final long seq;
    private final AuditKind kind;
    private final long arrivedAtMillis;
    private final byte[] hash;
    private final byte[] bytes;
    private final int from;
    private final int length;

    /**
     * The input of a record.
     *
     * @param seq the record's number in its tenant's history
     * @param kind of the event
     * @param arrivedAtMillis when the stream took it, epoch milliseconds
     * @param hash of the record's whole body, 32 bytes
     * @param bytes where the input's canonical JSON lies, UTF-8
     * @param from where it begins there
     * @param length how many bytes it has
     */
    public RecordedInput(
            long seq,
            AuditKind kind,
            long arrivedAtMillis,
            byte[] hash,
            byte[] bytes,
            int from,
            int length) {
        this.seq = seq;
        this.kind = kind;
        this.arrivedAtMillis = arrivedAtMillis;
        this.hash = hash;
        this.bytes = bytes;
        this.from = from;
        this.length = length;
    }

    /** The record's number in its tenant's history, from 1. */
    public long seq() {
        return seq;
    }

    /** Which kind of event it was. */
    public AuditKind kind() {
        return kind;
    }

    /** When the stream took it, epoch milliseconds. */
    public long arrivedAtMillis() {
        return arrivedAtMillis;
    }

    /** Hash of the record's whole body. */
    public byte[] hash() {
        return hash;
    }

    /** Where the input's canonical JSON lies. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where it begins there. */
    public int from() {
        return from;
    }

    /** How many bytes it has. */
    public int length() {
        return length;
    }
}
