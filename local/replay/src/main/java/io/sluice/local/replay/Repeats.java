package io.sluice.local.replay;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.flink.api.java.tuple.Tuple6;
import org.jspecify.annotations.Nullable;

/**
 * Passes over records that come again: a stream has some of them twice, and all that the archive
 * has as well. Records of one tenant come in the order of their numbers. One for each subtask.
 */
final class Repeats implements Serializable {
    private static final long serialVersionUID = 1;

    private final boolean allowed;
    private transient @Nullable String tenantId;
    private transient long seq;
    private transient byte @Nullable [] hash;

    /**
     * Over such a history.
     *
     * @param allowed whether a record may come again; else none is passed over
     */
    Repeats(boolean allowed) {
        this.allowed = allowed;
    }

    /** Whether this is the record before, to the bit. */
    boolean hasSeen(Tuple6<String, Long, String, Long, byte[], byte[]> columns) {
        boolean again =
                allowed
                        && columns.f0.equals(tenantId)
                        && columns.f1 == seq
                        && Arrays.equals(columns.f4, hash);
        tenantId = columns.f0;
        seq = columns.f1;
        hash = columns.f4;
        return again;
    }
}
