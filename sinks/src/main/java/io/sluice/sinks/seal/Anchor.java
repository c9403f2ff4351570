package io.sluice.sinks.seal;

import io.sluice.contract.audit.Digest;
import io.sluice.contract.audit.Hex;
import io.sluice.contract.audit.MerkleLog;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The newest digest of an archive as it is kept outside of it: what cannot be cut off with the end
 * of the archive. Besides, the roots from which the Merkle log goes on. Immutable.
 */
public final class Anchor {
    private final long number;
    private final String hash;
    private final long toMillis;
    private final long size;
    private final String root;
    private final List<String> perfect;

    /**
     * An anchor as it was kept.
     *
     * @param number of the digest
     * @param hash of the digest, 64 hexadecimal digits
     * @param toMillis when the digest was taken, epoch milliseconds
     * @param size leaves of the Merkle log
     * @param root of the Merkle log, 64 hexadecimal digits
     * @param perfect roots of the log's perfect subtrees, the largest first
     */
    public Anchor(
            long number, String hash, long toMillis, long size, String root, List<String> perfect) {
        this.number = number;
        this.hash = hash;
        this.toMillis = toMillis;
        this.size = size;
        this.root = root;
        this.perfect = List.copyOf(perfect);
    }

    static Anchor of(Digest digest, MerkleLog log) {
        return new Anchor(
                digest.number(),
                digest.hash(),
                digest.toMillis(),
                digest.size(),
                digest.root(),
                log.perfect().stream().map(Hex::of).collect(Collectors.toList()));
    }

    /** The digest's number, from 1. */
    public long number() {
        return number;
    }

    /** The digest's hash, 64 hexadecimal digits. */
    public String hash() {
        return hash;
    }

    /** When the digest was taken, epoch milliseconds. */
    public long toMillis() {
        return toMillis;
    }

    /** Leaves of the Merkle log. */
    public long size() {
        return size;
    }

    /** Root of the Merkle log, 64 hexadecimal digits. */
    public String root() {
        return root;
    }

    /** Roots of the log's perfect subtrees, the largest first. */
    public List<String> perfect() {
        return perfect;
    }

    /**
     * The Merkle log as this digest left it.
     *
     * @throws IllegalArgumentException if the roots are not those of such a log
     */
    MerkleLog log() {
        MerkleLog log =
                MerkleLog.of(size, perfect.stream().map(Hex::parse).collect(Collectors.toList()));
        if (!Hex.of(log.root()).equals(root)) {
            throw new IllegalArgumentException("the subtrees do not have the root " + root);
        }
        return log;
    }
}
