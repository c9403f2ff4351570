package io.sluice.sinks.verify;

import io.sluice.contract.audit.Hex;
import io.sluice.contract.audit.MerkleProofs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That what a later digest seals is what an earlier one sealed, with more appended: nothing was
 * changed or taken away in between.
 */
public final class GrowthProof {
    private final SignedDigest earlier;
    private final SignedDigest later;
    private final List<byte[]> path;

    /**
     * A proof that was not checked.
     *
     * @param path hashes from the earlier root to the later one
     */
    public GrowthProof(SignedDigest earlier, SignedDigest later, List<byte[]> path) {
        this.earlier = earlier;
        this.later = later;
        this.path = List.copyOf(path);
    }

    /** The earlier digest. */
    public SignedDigest earlier() {
        return earlier;
    }

    /** The later digest. */
    public SignedDigest later() {
        return later;
    }

    /** Hashes from the earlier root to the later one. */
    public List<byte[]> path() {
        return path;
    }

    /** Why it proves nothing; null if it does, given that both signatures are right. */
    public @Nullable String refuted() {
        try {
            return MerkleProofs.extendsLog(
                            earlier.digest().size(),
                            Hex.parse(earlier.digest().root()),
                            later.digest().size(),
                            Hex.parse(later.digest().root()),
                            path)
                    ? null
                    : "the later log is not the earlier one with entries appended";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
