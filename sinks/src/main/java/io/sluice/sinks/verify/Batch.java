package io.sluice.sinks.verify;

import io.sluice.contract.audit.ChainHead;
import io.sluice.contract.audit.ChainSegment;
import io.sluice.contract.audit.Digest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The files of one digest while they are looked into, or files of none. */
final class Batch {
    private final String digestName;
    private final @Nullable Digest digest;
    private final boolean whole;
    private final List<Future<CheckedFile>> running = new ArrayList<>();

    /**
     * A batch.
     *
     * @param digest null for files that no digest names
     * @param whole whether all files of the digest are looked into
     */
    Batch(String digestName, @Nullable Digest digest, boolean whole) {
        this.digestName = digestName;
        this.digest = digest;
        this.whole = whole;
    }

    String digestName() {
        return digestName;
    }

    @Nullable Digest digest() {
        return digest;
    }

    List<Future<CheckedFile>> running() {
        return running;
    }

    /** Where segments of its files end; null if that is not known of all. */
    @Nullable Set<ChainHead> ends(List<CheckedFile> files) {
        Set<ChainHead> ends = new HashSet<>();
        for (CheckedFile file : files) {
            if (!file.findings().isEmpty()) {
                return null;
            }
            for (ChainSegment segment : file.segments()) {
                ends.add(new ChainHead(segment.tenantId(), segment.lastSeq(), segment.lastHash()));
            }
        }
        return whole ? ends : null;
    }
}
