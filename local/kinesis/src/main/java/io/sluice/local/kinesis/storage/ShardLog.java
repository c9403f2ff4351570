package io.sluice.local.kinesis.storage;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of one shard: segment files in a directory, appended by one thread at a time.
 *
 * <p>A record is there for readers, and survives the process, once {@link #append} returned.
 * Opening checks the newest segment entry by entry and cuts off a tail that a killed process left
 * half written; older segments were complete before the next was begun.
 *
 * <p>Thread-safe; reads from files hold no lock that an append needs for longer than an index
 * look-up.
 */
public final class ShardLog implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ShardLog.class);

    private final Path dir;
    private final long segmentBytes;
    private final Durability durability;
    private final ConcurrentSkipListMap<Long, Segment> segments = new ConcurrentSkipListMap<>();
    private final RecentRecords recent;
    private SegmentWriter writer;
    private long segmentBegunMillis;
    private volatile long nextOrdinal;
    private volatile long lastArrivalMillis;
    private boolean closed;

    private ShardLog(Path dir, long segmentBytes, Durability durability, SegmentWriter writer) {
        this.dir = dir;
        this.segmentBytes = segmentBytes;
        this.durability = durability;
        this.writer = writer;
        this.nextOrdinal = writer.segment().nextOrdinal();
        this.recent = new RecentRecords(nextOrdinal);
    }

    /**
     * Opens the log of a directory, which is made if missing.
     *
     * @param segmentBytes size at which the next file is begun
     */
    public static ShardLog open(Path dir, long segmentBytes, Durability durability)
            throws IOException {
        Files.createDirectories(dir);
        List<Path> files;
        try (Stream<Path> listed = Files.list(dir)) {
            files = listed.filter(Segment::isSegment).sorted().collect(Collectors.toList());
        }
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            segments.add(recovered(files, i));
        }
        if (segments.isEmpty()) {
            segments.add(Segment.create(dir, 1));
        }
        Segment newest = segments.get(segments.size() - 1);
        SegmentWriter writer = new SegmentWriter(newest, durability);
        ShardLog log = new ShardLog(dir, segmentBytes, durability, writer);
        for (Segment segment : segments) {
            log.segments.put(segment.baseOrdinal(), segment);
            log.lastArrivalMillis = Math.max(log.lastArrivalMillis, segment.lastArrivalMillis());
        }
        log.segmentBegunMillis = log.lastArrivalMillis;
        return log;
    }

    /** Checks the newest file, and the one before if the newest is empty; trusts the others. */
    private static Segment recovered(List<Path> files, int i) throws IOException {
        Path file = files.get(i);
        Long nextArrivalMillis =
                i + 1 < files.size() ? Segment.firstArrivalMillis(files.get(i + 1)) : null;
        if (nextArrivalMillis != null) {
            return Segment.existing(file, nextArrivalMillis);
        }
        Segment segment = Segment.existing(file, 0);
        long bytesInFile = segment.sizeBytes();
        segment.recover();
        if (bytesInFile > segment.sizeBytes()) {
            LOG.warn(
                    "Cut {} bytes of an unfinished write off {}",
                    bytesInFile - segment.sizeBytes(),
                    file);
        }
        return segment;
    }

    /**
     * Appends a batch with one write and returns the ordinal of its first record.
     *
     * @throws IOException if the disk refused it; nothing of the batch is kept then
     */
    public synchronized long append(List<NewRecord> batch, long nowMillis) throws IOException {
        if (closed) {
            throw new IOException("The log " + dir + " is closed");
        }
        if (writer.segment().sizeBytes() >= segmentBytes) {
            roll();
        }
        long first = nextOrdinal;
        long arrivalMillis = Math.max(nowMillis, lastArrivalMillis);
        if (writer.segment().sizeBytes() == 0) {
            segmentBegunMillis = arrivalMillis;
        }
        writer.append(EntryFormat.encode(batch, first, arrivalMillis), batch.size(), arrivalMillis);
        for (int i = 0; i < batch.size(); i++) {
            NewRecord r = batch.get(i);
            recent.add(new StoredRecord(first + i, arrivalMillis, r.partitionKey(), r.data()));
        }
        lastArrivalMillis = arrivalMillis;
        nextOrdinal = first + batch.size();
        return first;
    }

    /** Records at the tip from memory, or null if the ordinal is too far back for that. */
    public synchronized @Nullable List<StoredRecord> readRecent(
            long ordinal, long cutoffMillis, int maxRecords, int maxBytes) {
        return recent.covers(ordinal)
                ? recent.read(ordinal, cutoffMillis, maxRecords, maxBytes)
                : null;
    }

    /**
     * Records from an ordinal on that arrived at or after the cutoff, in order.
     *
     * <p>Empty only if there are none. May end before the bounds are reached.
     */
    public List<StoredRecord> read(long ordinal, long cutoffMillis, int maxRecords, int maxBytes)
            throws IOException {
        List<StoredRecord> inMemory = readRecent(ordinal, cutoffMillis, maxRecords, maxBytes);
        if (inMemory != null) {
            return inMemory;
        }
        Map.Entry<Long, Segment> at = segments.floorEntry(ordinal);
        for (at = at == null ? segments.firstEntry() : at;
                at != null;
                at = segments.higherEntry(at.getKey())) {
            List<StoredRecord> records =
                    readUnlessTrimmed(at.getValue(), ordinal, cutoffMillis, maxRecords, maxBytes);
            if (!records.isEmpty()) {
                return records;
            }
        }
        return List.of();
    }

    private List<StoredRecord> readUnlessTrimmed(
            Segment segment, long ordinal, long cutoffMillis, int maxRecords, int maxBytes)
            throws IOException {
        try {
            return segment.read(ordinal, cutoffMillis, maxRecords, maxBytes);
        } catch (FileNotFoundException e) {
            if (segments.containsKey(segment.baseOrdinal())) {
                throw e;
            }
            return List.of();
        }
    }

    /**
     * The ordinal of the first record that arrived at or after a time; the next one if none did.
     */
    public long ordinalAtTime(long millis) throws IOException {
        if (millis > lastArrivalMillis) {
            return nextOrdinal;
        }
        for (Segment segment : segments.values()) {
            if (segment.lastArrivalMillis() >= millis) {
                long found = segment.ordinalAtTime(millis);
                if (!segments.containsKey(found) || found == segment.baseOrdinal()) {
                    return found;
                }
            }
        }
        return nextOrdinal;
    }

    /** The ordinal that the next record will get. */
    public long nextOrdinal() {
        return nextOrdinal;
    }

    /** When the newest record arrived, 0 if there never was one. */
    public long lastArrivalMillis() {
        return lastArrivalMillis;
    }

    /**
     * Deletes the files whose records all arrived before the cutoff.
     *
     * <p>The newest file is closed first if it was begun longer than {@code segmentMillis} before
     * the newest possible record, so that quiet shards are trimmed as well.
     */
    public synchronized void trim(long cutoffMillis, long nowMillis, long segmentMillis)
            throws IOException {
        if (closed) {
            return;
        }
        if (writer.segment().sizeBytes() > 0 && nowMillis - segmentBegunMillis > segmentMillis) {
            roll();
        }
        while (segments.size() > 1
                && segments.firstEntry().getValue().lastArrivalMillis() < cutoffMillis) {
            Files.deleteIfExists(segments.pollFirstEntry().getValue().file());
        }
    }

    private void roll() throws IOException {
        Segment next = Segment.create(dir, nextOrdinal);
        SegmentWriter nextWriter = new SegmentWriter(next, durability);
        writer.close();
        writer = nextWriter;
        segments.put(next.baseOrdinal(), next);
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        writer.close();
    }
}
