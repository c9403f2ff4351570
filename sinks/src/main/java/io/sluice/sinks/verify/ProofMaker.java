package io.sluice.sinks.verify;

import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.ChainHead;
import io.sluice.contract.audit.Digest;
import io.sluice.contract.audit.MerkleProofs;
import io.sluice.contract.audit.SealedFile;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.sinks.archive.ArchiveFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes proofs from an archive. It holds the leaves of the whole Merkle log, 32 bytes each. Whoever
 * is given a proof checks it; the maker is not trusted.
 */
public final class ProofMaker {
    private final ArchiveFolder folder;
    private final List<byte[]> leaves = new ArrayList<>();
    private final List<Digest> digests = new ArrayList<>();
    private @Nullable SignedDigest newest;

    private ProofMaker(ArchiveFolder folder) {
        this.folder = folder;
    }

    /**
     * One for what is sealed up to a digest.
     *
     * @param number of the digest; {@link Long#MAX_VALUE} for the newest
     * @throws IOException if a digest cannot be read
     */
    public static ProofMaker of(ArchiveFolder folder, long number) throws IOException {
        ProofMaker maker = new ProofMaker(folder);
        for (String name : folder.digests()) {
            SignedDigest signed = read(folder, name);
            if (signed.digest().number() > number) {
                break;
            }
            maker.digests.add(signed.digest());
            maker.leaves.addAll(signed.digest().leaves());
            maker.newest = signed;
        }
        return maker;
    }

    /** The newest digest of an archive; null if it has none. */
    public static @Nullable SignedDigest newest(ArchiveFolder folder) throws IOException {
        var names = folder.digests();
        return names.isEmpty() ? null : read(folder, names.last());
    }

    private static SignedDigest read(ArchiveFolder folder, String name) throws IOException {
        try {
            return SignedDigest.of(Files.readAllBytes(folder.path(name)));
        } catch (MalformedJsonException e) {
            throw new IOException(name + " is no digest: " + e.getMessage(), e);
        }
    }

    /**
     * That a record is in the history.
     *
     * @return null if no digest has sealed it yet
     * @throws IOException if the archive does not have what its digests say
     */
    public @Nullable RecordProof record(String tenantId, long seq) throws IOException {
        long before = 0;
        for (int i = 0; i < digests.size(); i++) {
            Digest digest = digests.get(i);
            for (int j = 0; j < digest.heads().size(); j++) {
                ChainHead head = digest.heads().get(j);
                if (head.tenantId().equals(tenantId) && head.seq() >= seq) {
                    long index = before + digest.files().size() + j;
                    return proof(bodies(tenantId, seq, head.seq(), i), index);
                }
            }
            before += digest.leaves().size();
        }
        return null;
    }

    private RecordProof proof(List<byte[]> bodies, long index) throws IOException {
        SignedDigest end = newest;
        if (end == null || end.digest().size() != leaves.size()) {
            throw new IOException(
                    "the digests do not have as many leaves as the newest says: verify the"
                            + " archive");
        }
        return new RecordProof(
                bodies, index, MerkleProofs.inclusion(leaves, Math.toIntExact(index)), end);
    }

    /** Records of a span lie in the files of the digest that sealed its end, or of those before. */
    private List<byte[]> bodies(String tenantId, long first, long last, int from)
            throws IOException {
        SortedMap<Long, byte[]> found = new TreeMap<>();
        for (int i = from; i >= 0 && found.size() <= last - first; i--) {
            for (SealedFile file : digests.get(i).files()) {
                if (ArchiveFolder.isRecordFile(file.name())) {
                    collect(file.name(), tenantId, first, last, found);
                }
            }
        }
        if (found.size() != last - first + 1) {
            throw new IOException(
                    "records "
                            + first
                            + " to "
                            + last
                            + " of "
                            + tenantId
                            + " are sealed, but not all there: verify the archive");
        }
        return new ArrayList<>(found.values());
    }

    private void collect(
            String name, String tenantId, long first, long last, SortedMap<Long, byte[]> found)
            throws IOException {
        try (ArchiveFile file = ArchiveFile.open(folder.path(name))) {
            AuditRecord record = file.next();
            while (record != null) {
                if (record.seq() >= first
                        && record.seq() <= last
                        && record.tenantId().equals(tenantId)) {
                    found.put(record.seq(), record.body());
                }
                record = file.next();
            }
        }
    }

    /**
     * That the log only grew since an earlier digest.
     *
     * @throws IOException if there are not as many leaves as that digest had
     */
    public GrowthProof since(SignedDigest earlier) throws IOException {
        SignedDigest later = newest;
        long size = earlier.digest().size();
        if (later == null || size > leaves.size()) {
            throw new IOException(
                    "the earlier digest has "
                            + size
                            + " leaves, but the archive only "
                            + leaves.size()
                            + ": it was cut off, or is another one");
        }
        return new GrowthProof(
                earlier, later, MerkleProofs.consistency(leaves, Math.toIntExact(size)));
    }
}
