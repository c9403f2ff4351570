package io.sluice.sinks.verify;

import io.sluice.contract.audit.AuditHead;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.ChainHead;
import io.sluice.contract.audit.Digest;
import io.sluice.contract.audit.Hex;
import io.sluice.contract.audit.MerkleProofs;
import io.sluice.contract.json.AuditHeadJson;
import io.sluice.contract.json.MalformedJsonException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That one record is in the history under a signed digest: the bodies from the record to the head
 * of its tenant's chain that a digest sealed first, which are chained by their hashes, and the path
 * from that head to the root of the Merkle log. It shows no other tenant's records; the digest that
 * it ends with names other tenants whose chains moved in that minute.
 */
public final class RecordProof {
    private final List<byte[]> bodies;
    private final long index;
    private final List<byte[]> path;
    private final SignedDigest digest;

    /**
     * A proof that was not checked.
     *
     * @param bodies canonical JSON of the record and of those after it, up to a sealed head
     * @param index of the head among the leaves of the Merkle log, from 0
     * @param path hashes from there to the root
     * @param digest whose root it is
     */
    public RecordProof(List<byte[]> bodies, long index, List<byte[]> path, SignedDigest digest) {
        this.bodies = List.copyOf(bodies);
        this.index = index;
        this.path = List.copyOf(path);
        this.digest = digest;
    }

    /** Bodies of the record and of those after it. */
    public List<byte[]> bodies() {
        return bodies;
    }

    /** Where the head is among the leaves, from 0. */
    public long index() {
        return index;
    }

    /** Hashes from the head to the root. */
    public List<byte[]> path() {
        return path;
    }

    /** The digest that it ends with. */
    public SignedDigest digest() {
        return digest;
    }

    /**
     * The record's place in the history.
     *
     * @throws MalformedJsonException if the first body is no record's
     */
    public AuditHead record() {
        if (bodies.isEmpty()) {
            throw new MalformedJsonException("proof: has no record");
        }
        return AuditHeadJson.read(bodies.get(0));
    }

    /** Why it proves nothing; null if it does, given that the digest's signature is right. */
    public @Nullable String refuted() {
        try {
            AuditHead first = record();
            byte[] hash = AuditRecord.hashOf(bodies.get(0));
            long seq = first.seq();
            for (byte[] body : bodies.subList(1, bodies.size())) {
                AuditHead next = AuditHeadJson.read(body);
                seq++;
                if (!next.tenantId().equals(first.tenantId())
                        || next.seq() != seq
                        || !next.previousHash().equals(Hex.of(hash))) {
                    return "the record that should be number "
                            + seq
                            + " does not follow the one"
                            + " before it";
                }
                hash = AuditRecord.hashOf(body);
            }
            byte[] leaf = new ChainHead(first.tenantId(), seq, Hex.of(hash)).leaf();
            Digest end = digest.digest();
            return MerkleProofs.includes(leaf, index, end.size(), path, Hex.parse(end.root()))
                    ? null
                    : "the chain's head is not under the digest's root";
        } catch (MalformedJsonException | IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
