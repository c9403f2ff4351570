package io.sluice.contract.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Proofs over Merkle trees as in RFC 6962, section 2.1, and RFC 9162, sections 2.1.3 and 2.1.4:
 * that an entry is in a log, and that a log is an earlier one with entries appended. Hashes are
 * those of {@link MerkleHash}.
 */
public final class MerkleProofs {
    private MerkleProofs() {}

    /**
     * The hashes that lead from an entry to the root.
     *
     * @param leaves leaf hashes of the whole log
     * @param index of the entry, from 0
     * @throws IndexOutOfBoundsException if there is no such entry
     */
    public static List<byte[]> inclusion(List<byte[]> leaves, int index) {
        if (index < 0 || index >= leaves.size()) {
            throw new IndexOutOfBoundsException("entry " + index + " of a log of " + leaves.size());
        }
        List<byte[]> path = new ArrayList<>();
        include(leaves, index, path);
        return path;
    }

    private static void include(List<byte[]> leaves, int index, List<byte[]> path) {
        if (leaves.size() == 1) {
            return;
        }
        int split = split(leaves.size());
        List<byte[]> left = leaves.subList(0, split);
        List<byte[]> right = leaves.subList(split, leaves.size());
        if (index < split) {
            include(left, index, path);
            path.add(root(right));
        } else {
            include(right, index - split, path);
            path.add(root(left));
        }
    }

    /** Whether a proof shows that the entry is in the log of that size and root. */
    public static boolean includes(
            byte[] leaf, long index, long size, List<byte[]> proof, byte[] root) {
        if (index < 0 || index >= size) {
            return false;
        }
        byte[] hash = leaf;
        long node = index;
        long last = size - 1;
        for (byte[] sibling : proof) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = MerkleHash.node(sibling, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = MerkleHash.node(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(hash, root);
    }

    /**
     * The hashes that lead from the root of the first entries to that of all.
     *
     * @param leaves leaf hashes of the larger log
     * @param earlierSize entries of the earlier one, from 0 to all
     * @throws IndexOutOfBoundsException if there are not so many entries
     */
    public static List<byte[]> consistency(List<byte[]> leaves, int earlierSize) {
        if (earlierSize < 0 || earlierSize > leaves.size()) {
            throw new IndexOutOfBoundsException(
                    "a log of " + leaves.size() + " entries was never one of " + earlierSize);
        }
        List<byte[]> proof = new ArrayList<>();
        if (earlierSize > 0 && earlierSize < leaves.size()) {
            extend(leaves, earlierSize, true, proof);
        }
        return proof;
    }

    private static void extend(
            List<byte[]> leaves, int earlierSize, boolean known, List<byte[]> proof) {
        if (earlierSize == leaves.size()) {
            if (!known) {
                proof.add(root(leaves));
            }
            return;
        }
        int split = split(leaves.size());
        List<byte[]> left = leaves.subList(0, split);
        List<byte[]> right = leaves.subList(split, leaves.size());
        if (earlierSize <= split) {
            extend(left, earlierSize, known, proof);
            proof.add(root(right));
        } else {
            extend(right, earlierSize - split, false, proof);
            proof.add(root(left));
        }
    }

    /** Whether a proof shows that the later log is the earlier one with entries appended. */
    public static boolean extendsLog(
            long earlierSize,
            byte[] earlierRoot,
            long laterSize,
            byte[] laterRoot,
            List<byte[]> proof) {
        if (earlierSize < 0 || earlierSize > laterSize) {
            return false;
        }
        if (earlierSize == laterSize) {
            return proof.isEmpty() && Arrays.equals(earlierRoot, laterRoot);
        }
        if (earlierSize == 0) {
            return proof.isEmpty() && Arrays.equals(earlierRoot, MerkleHash.empty());
        }
        return leads(earlierSize, earlierRoot, laterSize, laterRoot, proof);
    }

    private static boolean leads(
            long earlierSize,
            byte[] earlierRoot,
            long laterSize,
            byte[] laterRoot,
            List<byte[]> proof) {
        Iterator<byte[]> hashes = proof.iterator();
        long node = (earlierSize - 1) >> Long.numberOfTrailingZeros(earlierSize);
        long last = (laterSize - 1) >> Long.numberOfTrailingZeros(earlierSize);
        if (node != 0 && !hashes.hasNext()) {
            return false;
        }
        byte[] earlier = node == 0 ? earlierRoot : hashes.next();
        byte[] later = earlier;
        while (hashes.hasNext()) {
            byte[] sibling = hashes.next();
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                earlier = MerkleHash.node(sibling, earlier);
                later = MerkleHash.node(sibling, later);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                later = MerkleHash.node(later, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(earlier, earlierRoot) && Arrays.equals(later, laterRoot);
    }

    private static byte[] root(List<byte[]> leaves) {
        MerkleLog log = MerkleLog.empty();
        leaves.forEach(log::append);
        return log.root();
    }

    /** The largest power of two below {@code n}, which is at least 2. */
    private static int split(int n) {
        return Integer.highestOneBit(n - 1);
    }
}
