package io.sluice.contract.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One transition of the engine, sealed: the body is canonical JSON that names the hash of the
 * tenant's record before it, and the hash is the body's SHA-256. So a record vouches for all before
 * it. Hashes are 32 bytes and not copied: whoever is given one leaves it as it is.
 */
public final class AuditRecord {
    /** Looking one up costs as much as hashing a short record does. */
    private static final ThreadLocal<MessageDigest> DIGEST =
            ThreadLocal.withInitial(AuditRecord::sha256);

    private final String tenantId;
    private final long seq;
    private final AuditKind kind;
    private final long arrivedAtMillis;
    private final byte[] hash;
    private final byte[] body;

    /**
     * A record as it was stored. Does not check that the hash is the body's.
     *
     * @param tenantId whose history it belongs to
     * @param seq its number there, from 1, without a gap
     * @param kind of the event that it answers to
     * @param arrivedAtMillis when the stream took that event, epoch milliseconds
     * @param hash 32 bytes
     * @param body canonical JSON, UTF-8
     */
    public AuditRecord(
            String tenantId,
            long seq,
            AuditKind kind,
            long arrivedAtMillis,
            byte[] hash,
            byte[] body) {
        this.tenantId = tenantId;
        this.seq = seq;
        this.kind = kind;
        this.arrivedAtMillis = arrivedAtMillis;
        this.hash = hash;
        this.body = body;
    }

    /** The hash before a tenant's first record: zeros. */
    public static byte[] genesis() {
        return new byte[MerkleHash.LENGTH];
    }

    /** A record of that body. */
    public static AuditRecord seal(
            String tenantId, long seq, AuditKind kind, long arrivedAtMillis, byte[] body) {
        return new AuditRecord(tenantId, seq, kind, arrivedAtMillis, hashOf(body), body);
    }

    /** The hash that a record of that body has to have. */
    public static byte[] hashOf(byte[] body) {
        return DIGEST.get().digest(body);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /** Whose history it belongs to. */
    public String tenantId() {
        return tenantId;
    }

    /** Its number in the tenant's history, from 1. */
    public long seq() {
        return seq;
    }

    /** Which kind of event it answers to. */
    public AuditKind kind() {
        return kind;
    }

    /** When the stream took that event, epoch milliseconds. */
    public long arrivedAtMillis() {
        return arrivedAtMillis;
    }

    /** SHA-256 of the body. */
    public byte[] hash() {
        return hash;
    }

    /** Canonical JSON, UTF-8. */
    public byte[] body() {
        return body;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AuditRecord
                && tenantId.equals(((AuditRecord) other).tenantId)
                && seq == ((AuditRecord) other).seq
                && kind == ((AuditRecord) other).kind
                && arrivedAtMillis == ((AuditRecord) other).arrivedAtMillis
                && Arrays.equals(hash, ((AuditRecord) other).hash)
                && Arrays.equals(body, ((AuditRecord) other).body);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenantId, seq, Arrays.hashCode(hash));
    }

    @Override
    public String toString() {
        return "AuditRecord{" + tenantId + " " + seq + "}";
    }
}
