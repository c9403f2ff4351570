package io.sluice.contract.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was archived between the digest before and this one: the files that were closed and the
 * heads of the chains that moved, in the order of their names, all of them leaves of one Merkle log
 * that goes on from digest to digest. A digest is chained to the one before by that one's hash and
 * is there for every interval, even if nothing happened in it.
 */
public final class Digest {
    private static final int VERSION = 1;

    private final long number;
    private final long fromMillis;
    private final long toMillis;
    private final @Nullable String previous;
    private final List<SealedFile> files;
    private final List<ChainHead> heads;
    private final long size;
    private final String root;
    private final String keyId;

    /**
     * A digest as it was written. Does not check that the root is that of its leaves.
     *
     * @param number from 1, without a gap
     * @param fromMillis end of the digest before, epoch milliseconds
     * @param toMillis when it was taken
     * @param previous SHA-256 of the digest before, 64 hexadecimal digits; null in the first
     * @param files those closed since, by name
     * @param heads of the chains that moved since, by tenant
     * @param size leaves of the Merkle log with its own
     * @param root of that log, 64 hexadecimal digits
     * @param keyId SHA-256 of the public key that its signature is checked with
     */
    public Digest(
            long number,
            long fromMillis,
            long toMillis,
            @Nullable String previous,
            List<SealedFile> files,
            List<ChainHead> heads,
            long size,
            String root,
            String keyId) {
        this.number = number;
        this.fromMillis = fromMillis;
        this.toMillis = toMillis;
        this.previous = previous;
        this.files = List.copyOf(files);
        this.heads = List.copyOf(heads);
        this.size = size;
        this.root = root;
        this.keyId = keyId;
    }

    /**
     * The digest after another.
     *
     * @param before null if it is the first
     * @param fromMillis counts for the first only
     * @param log the Merkle log as it was left; its leaves are appended
     */
    public static Digest after(
            @Nullable Digest before,
            long fromMillis,
            long toMillis,
            List<SealedFile> files,
            List<ChainHead> heads,
            MerkleLog log,
            String keyId) {
        List<SealedFile> sortedFiles = new ArrayList<>(files);
        Collections.sort(sortedFiles);
        List<ChainHead> sortedHeads = new ArrayList<>(heads);
        Collections.sort(sortedHeads);
        leaves(sortedFiles, sortedHeads).forEach(log::append);
        return new Digest(
                before == null ? 1 : before.number + 1,
                before == null ? fromMillis : before.toMillis,
                toMillis,
                before == null ? null : before.hash(),
                sortedFiles,
                sortedHeads,
                log.size(),
                Hex.of(log.root()),
                keyId);
    }

    private static List<byte[]> leaves(List<SealedFile> files, List<ChainHead> heads) {
        List<byte[]> leaves = new ArrayList<>(files.size() + heads.size());
        files.forEach(file -> leaves.add(file.leaf()));
        heads.forEach(head -> leaves.add(head.leaf()));
        return leaves;
    }

    /** Its leaves in the Merkle log: files, then heads. */
    public List<byte[]> leaves() {
        return leaves(files, heads);
    }

    /** Its number, from 1. */
    public long number() {
        return number;
    }

    /** End of the digest before, epoch milliseconds. */
    public long fromMillis() {
        return fromMillis;
    }

    /** When it was taken, epoch milliseconds. */
    public long toMillis() {
        return toMillis;
    }

    /** SHA-256 of the digest before; null in the first. */
    public @Nullable String previous() {
        return previous;
    }

    /** Files closed since the digest before, by name. */
    public List<SealedFile> files() {
        return files;
    }

    /** Heads of the chains that moved since, by tenant. */
    public List<ChainHead> heads() {
        return heads;
    }

    /** Leaves of the Merkle log with its own. */
    public long size() {
        return size;
    }

    /** Root of that log, 64 hexadecimal digits. */
    public String root() {
        return root;
    }

    /** SHA-256 of the public key that its signature is checked with. */
    public String keyId() {
        return keyId;
    }

    /** SHA-256 of its canonical form, 64 hexadecimal digits. */
    public String hash() {
        return Hex.of(AuditRecord.hashOf(bytes()));
    }

    /**
     * What is signed: a text that names its hash. It is short however much is sealed, since key
     * management services sign at most 4 KiB (AWS KMS, Sign), and no other kind of text.
     */
    public byte[] signed() {
        return ("sluice-digest:" + hash()).getBytes(StandardCharsets.US_ASCII);
    }

    /** Its canonical form. */
    public byte[] bytes() {
        CanonicalWriter out = new CanonicalWriter().beginObject();
        out.field("files").beginList();
        files.forEach(file -> file.write(out));
        out.endList().field("from_millis", fromMillis).field("heads").beginList();
        heads.forEach(head -> head.write(out));
        out.endList()
                .field("key_id", keyId)
                .field("number", number)
                .optional("previous", previous)
                .field("root", root)
                .field("size", size)
                .field("to_millis", toMillis)
                .field("v", VERSION);
        return out.endObject().toBytes();
    }
}
