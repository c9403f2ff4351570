package io.sluice.contract.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * A growing list of entries under a Merkle tree (RFC 6962), of which only the roots of its perfect
 * subtrees are held: as many hashes as the size has ones in binary, enough to append and to tell
 * the root. Not thread-safe.
 */
public final class MerkleLog {
    private final List<byte[]> perfect;
    private long size;

    private MerkleLog(long size, List<byte[]> perfect) {
        this.size = size;
        this.perfect = perfect;
    }

    /** A log without entries. */
    public static MerkleLog empty() {
        return new MerkleLog(0, new ArrayList<>());
    }

    /**
     * A log as it was.
     *
     * @param perfect as {@link #perfect} gave them
     * @throws IllegalArgumentException if so many hashes are no log of that size
     */
    public static MerkleLog of(long size, List<byte[]> perfect) {
        if (size < 0 || Long.bitCount(size) != perfect.size()) {
            throw new IllegalArgumentException(
                    "a Merkle log of "
                            + size
                            + " entries has "
                            + Long.bitCount(Math.max(0, size))
                            + " perfect subtrees, not "
                            + perfect.size());
        }
        return new MerkleLog(size, new ArrayList<>(perfect));
    }

    /** Appends an entry by its leaf hash. */
    public void append(byte[] leafHash) {
        byte[] hash = leafHash;
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            hash = MerkleHash.node(perfect.remove(perfect.size() - 1), hash);
        }
        perfect.add(hash);
        size++;
    }

    /** Entries. */
    public long size() {
        return size;
    }

    /** Roots of the perfect subtrees, the largest first. */
    public List<byte[]> perfect() {
        return List.copyOf(perfect);
    }

    /** The hash over all entries. */
    public byte[] root() {
        if (perfect.isEmpty()) {
            return MerkleHash.empty();
        }
        byte[] root = perfect.get(perfect.size() - 1);
        for (int i = perfect.size() - 2; i >= 0; i--) {
            root = MerkleHash.node(perfect.get(i), root);
        }
        return root;
    }
}
