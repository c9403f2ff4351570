package io.sluice.contract.audit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The last record of a tenant's chain at the time of a digest. */
public final class ChainHead implements Comparable<ChainHead> {
    private final String tenantId;
    private final long seq;
    private final String hash;

    /**
     * A head.
     *
     * @param tenantId whose chain
     * @param seq the number of its last record
     * @param hash of that record, 64 hexadecimal digits
     */
    public ChainHead(String tenantId, long seq, String hash) {
        this.tenantId = tenantId;
        this.seq = seq;
        this.hash = hash;
    }

    /** Whose chain. */
    public String tenantId() {
        return tenantId;
    }

    /** The number of its last record. */
    public long seq() {
        return seq;
    }

    /** The hash of that record, 64 hexadecimal digits. */
    public String hash() {
        return hash;
    }

    void write(CanonicalWriter out) {
        out.beginObject()
                .field("hash", hash)
                .field("seq", seq)
                .field("tenant_id", tenantId)
                .endObject();
    }

    /** Its leaf in the Merkle log. */
    public byte[] leaf() {
        CanonicalWriter out = new CanonicalWriter();
        write(out.beginObject().field("head"));
        return MerkleHash.leaf(out.endObject().toBytes());
    }

    @Override
    public int compareTo(ChainHead other) {
        return tenantId.compareTo(other.tenantId);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ChainHead
                && tenantId.equals(((ChainHead) other).tenantId)
                && seq == ((ChainHead) other).seq
                && hash.equals(((ChainHead) other).hash);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenantId, seq, hash);
    }

    @Override
    public String toString() {
        return tenantId + ' ' + seq + ' ' + hash;
    }
}
