package io.sluice.contract.audit;

/** Records of one tenant that follow each other without a gap, all in one file. */
public final class ChainSegment {
    private final String tenantId;
    private final String file;
    private final long firstSeq;
    private final String previousHash;
    private final long lastSeq;
    private final String lastHash;

    ChainSegment(
            String tenantId,
            String file,
            long firstSeq,
            String previousHash,
            long lastSeq,
            String lastHash) {
        this.tenantId = tenantId;
        this.file = file;
        this.firstSeq = firstSeq;
        this.previousHash = previousHash;
        this.lastSeq = lastSeq;
        this.lastHash = lastHash;
    }

    /** Whose records. */
    public String tenantId() {
        return tenantId;
    }

    /** In which file. */
    public String file() {
        return file;
    }

    /** Number of the first. */
    public long firstSeq() {
        return firstSeq;
    }

    /** The hash that the first names as that of the record before it. */
    public String previousHash() {
        return previousHash;
    }

    /** Number of the last. */
    public long lastSeq() {
        return lastSeq;
    }

    /** Hash of the last. */
    public String lastHash() {
        return lastHash;
    }
}
