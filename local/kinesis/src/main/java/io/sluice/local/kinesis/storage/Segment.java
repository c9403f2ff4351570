package io.sluice.local.kinesis.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One file of consecutive records of a shard, named after the ordinal of its first.
 *
 * <p>Thread-safe for readers; written only through {@link SegmentWriter}. The index of a file
 * written by an earlier process is built when it is first read.
 */
final class Segment {
    private static final String SUFFIX = ".segment";

    private final Path file;
    private final long baseOrdinal;
    private volatile long sizeBytes;
    private volatile long lastArrivalMillis;
    private volatile long nextOrdinal;
    private @Nullable SparseIndex index;

    private Segment(Path file, long baseOrdinal, @Nullable SparseIndex index) {
        this.file = file;
        this.baseOrdinal = baseOrdinal;
        this.nextOrdinal = baseOrdinal;
        this.index = index;
    }

    /** A new empty segment; its file is made by the writer. */
    static Segment create(Path dir, long baseOrdinal) {
        String name = String.format(Locale.ROOT, "%019d%s", baseOrdinal, SUFFIX);
        return new Segment(dir.resolve(name), baseOrdinal, new SparseIndex());
    }

    static boolean isSegment(Path file) {
        return file.getFileName().toString().endsWith(SUFFIX);
    }

    /**
     * A file of an earlier process; its length tells its end.
     *
     * @param lastArrivalMillis a time at or after its last record's
     */
    static Segment existing(Path file, long lastArrivalMillis) throws IOException {
        String name = file.getFileName().toString();
        long base = Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
        Segment segment = new Segment(file, base, null);
        segment.sizeBytes = Files.size(file);
        segment.lastArrivalMillis = lastArrivalMillis;
        return segment;
    }

    /** When the first record of a file arrived, null if it has none. */
    static @Nullable Long firstArrivalMillis(Path file) throws IOException {
        try (EntryCursor cursor = new EntryCursor(file, 0, Files.size(file))) {
            StoredRecord first = cursor.next();
            return first == null ? null : first.arrivalMillis();
        }
    }

    /** Reads every entry up to the first broken one, which is where the usable bytes end. */
    synchronized void recover() throws IOException {
        SparseIndex found = new SparseIndex();
        try (EntryCursor cursor = new EntryCursor(file, 0, Files.size(file))) {
            long start = 0;
            for (StoredRecord r = cursor.next(); r != null; r = cursor.next()) {
                if (r.ordinal() != nextOrdinal) {
                    break;
                }
                found.add(r.ordinal(), r.arrivalMillis(), start);
                start = cursor.offset();
                nextOrdinal = r.ordinal() + 1;
                lastArrivalMillis = r.arrivalMillis();
            }
            sizeBytes = start;
        }
        index = found;
    }

    /** Takes note of entries that are in the file now. */
    synchronized void appended(EntryFormat.Encoded batch, int count, long arrivalMillis)
            throws IOException {
        SparseIndex points = index();
        long offset = sizeBytes;
        for (int i = 0; i < count; i++) {
            points.add(nextOrdinal + i, arrivalMillis, offset);
            offset += batch.entryLength(i);
        }
        lastArrivalMillis = arrivalMillis;
        nextOrdinal += count;
        sizeBytes = offset;
    }

    /** Records from an ordinal on, at least one if there is one, within the bounds otherwise. */
    List<StoredRecord> read(long ordinal, long cutoffMillis, int maxRecords, int maxBytes)
            throws IOException {
        List<StoredRecord> records = new ArrayList<>();
        long bytes = 0;
        long from;
        long limit;
        synchronized (this) {
            from = index().offsetBefore(ordinal);
            limit = sizeBytes;
        }
        try (EntryCursor cursor = new EntryCursor(file, from, limit)) {
            StoredRecord r = cursor.next();
            for (; r != null && records.size() < maxRecords; r = cursor.next()) {
                if (r.ordinal() < ordinal || r.arrivalMillis() < cutoffMillis) {
                    continue;
                }
                bytes += r.data().length + r.partitionKey().length();
                if (bytes > maxBytes && !records.isEmpty()) {
                    break;
                }
                records.add(r);
            }
            if (r == null && cursor.offset() < limit) {
                throw new IOException(
                        "Entry at byte " + cursor.offset() + " of " + file + " fails its checksum");
            }
        }
        return records;
    }

    /** The ordinal of the first record that arrived at or after a time, or the next one. */
    long ordinalAtTime(long millis) throws IOException {
        long from;
        long limit;
        synchronized (this) {
            from = index().offsetBeforeTime(millis);
            limit = sizeBytes;
        }
        long next = baseOrdinal;
        try (EntryCursor cursor = new EntryCursor(file, from, limit)) {
            for (StoredRecord r = cursor.next(); r != null; r = cursor.next()) {
                if (r.arrivalMillis() >= millis) {
                    return r.ordinal();
                }
                next = r.ordinal() + 1;
            }
        }
        return next;
    }

    private synchronized SparseIndex index() throws IOException {
        SparseIndex known = index;
        if (known != null) {
            return known;
        }
        SparseIndex built = new SparseIndex();
        try (EntryCursor cursor = new EntryCursor(file, 0, sizeBytes)) {
            long start = 0;
            for (StoredRecord r = cursor.next(); r != null; r = cursor.next()) {
                built.add(r.ordinal(), r.arrivalMillis(), start);
                start = cursor.offset();
            }
        }
        index = built;
        return built;
    }

    Path file() {
        return file;
    }

    long baseOrdinal() {
        return baseOrdinal;
    }

    long nextOrdinal() {
        return nextOrdinal;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /** When the last record arrived, or a little later for a file of an earlier process. */
    long lastArrivalMillis() {
        return lastArrivalMillis;
    }
}
