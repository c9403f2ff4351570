package io.sluice.local.replay;

import io.sluice.contract.audit.RecordedInput;
import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Passes over records that come again: a stream has some of them twice, and all that the archive
 * has as well. Records of one tenant come in the order of their numbers. One for each subtask.
 */
final class Repeats implements Serializable {
    private static final long serialVersionUID = 1;

    private final boolean allowed;
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

    /** Another tenant's records begin. */
    void begin() {
        hash = null;
    }

    /** Whether this is the record before, to the bit. */
    boolean hasSeen(RecordedInput record) {
        boolean again = allowed && record.seq() == seq && Arrays.equals(record.hash(), hash);
        seq = record.seq();
        hash = record.hash();
        return again;
    }
}
