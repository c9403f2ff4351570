package io.sluice.sinks.relational;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is not in the mirror yet under one key: a version that waits, a version that is being
 * written, or both. Belongs to its {@link DatabaseBacklog}.
 */
final class BacklogEntry {
    private final String key;
    private @Nullable MirrorRow waiting;
    private @Nullable MirrorRow writing;
    private long sinceMillis;

    BacklogEntry(String key, long sinceMillis) {
        this.key = key;
        this.sinceMillis = sinceMillis;
    }

    String key() {
        return key;
    }

    /** Since when something of it is not in the mirror. */
    long sinceMillis() {
        return sinceMillis;
    }

    boolean isWaiting() {
        return waiting != null;
    }

    boolean isBeingWritten() {
        return writing != null;
    }

    /** What has to be kept of it: the newest version. */
    MirrorRow newest() {
        return newer(writing, waiting);
    }

    /** Lets a version wait, unless one waits that is as new. */
    void offer(MirrorRow row) {
        waiting = newer(waiting, row);
    }

    /** The version that waited is being written. */
    MirrorRow startWriting() {
        MirrorRow row = Objects.requireNonNull(waiting, key);
        waiting = null;
        writing = row;
        return row;
    }

    /** It is in the mirror; what waits has waited since {@code nowMillis} at most. */
    void written(long nowMillis) {
        writing = null;
        sinceMillis = nowMillis;
    }

    /** It is not in the mirror: it, or what is newer, waits again. */
    void failed() {
        waiting = newest();
        writing = null;
    }

    /** Heap that it takes, about, in bytes. */
    long bytes() {
        return 2L * key.length() + 200 + bytes(waiting) + bytes(writing);
    }

    private static long bytes(@Nullable MirrorRow row) {
        return row == null ? 0 : row.json().length + 100L;
    }

    /** Of two versions the higher, of two equal ones the first; at least one is there. */
    private static MirrorRow newer(@Nullable MirrorRow first, @Nullable MirrorRow second) {
        if (first == null || (second != null && second.version() > first.version())) {
            return Objects.requireNonNull(second);
        }
        return first;
    }
}
