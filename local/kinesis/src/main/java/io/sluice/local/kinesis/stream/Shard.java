package io.sluice.local.kinesis.stream;

import io.sluice.local.kinesis.storage.NewRecord;
import io.sluice.local.kinesis.storage.ShardLog;
import io.sluice.local.kinesis.storage.StoredRecord;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A shard: its description, its records, its limits, and who wants to hear of news.
 *
 * <p>Thread-safe. A closed shard is never appended to; {@link Stream} sees to that.
 */
public final class Shard {
    private final ShardLog log;
    private final ShardThroughput throughput;
    private final SequenceNumbers sequenceNumbers;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile ShardDescription description;

    Shard(ShardDescription description, ShardLog log, boolean limited) {
        this.description = description;
        this.log = log;
        this.throughput = new ShardThroughput(limited);
        this.sequenceNumbers = description.sequenceNumbers();
    }

    public ShardDescription description() {
        return description;
    }

    public String id() {
        return description.id();
    }

    public SequenceNumbers sequenceNumbers() {
        return sequenceNumbers;
    }

    /** The ordinal that the next record gets, and where a closed shard ends. */
    public long nextOrdinal() {
        return log.nextOrdinal();
    }

    /** Whether a reader at this ordinal has had everything the shard will ever hold. */
    public boolean isFinishedAt(long ordinal) {
        Long end = description.endOrdinal();
        return end != null && ordinal >= end;
    }

    public long ordinalAtTime(long millis) throws IOException {
        return log.ordinalAtTime(millis);
    }

    boolean admitWrite(int bytes, long nowMillis) {
        return throughput.admitWrite(bytes, nowMillis);
    }

    /** Takes one GetRecords call from the shard's limit, or says that there is none left. */
    public boolean admitRead(long nowMillis) {
        return throughput.admitRead(nowMillis);
    }

    long append(List<NewRecord> batch, long nowMillis) throws IOException {
        long first = log.append(batch, nowMillis);
        changed();
        return first;
    }

    /** Reads from the disk if need be and counts the bytes against the shard's read limit. */
    public ReadBatch readCounted(long ordinal, long cutoffMillis, int maxRecords, int maxBytes)
            throws IOException {
        ReadBatch batch = read(ordinal, cutoffMillis, maxRecords, maxBytes);
        throughput.countRead(batch.bytes());
        return batch;
    }

    /** Reads from the disk if need be. */
    public ReadBatch read(long ordinal, long cutoffMillis, int maxRecords, int maxBytes)
            throws IOException {
        long tip = log.nextOrdinal();
        return batch(ordinal, tip, log.read(ordinal, cutoffMillis, maxRecords, maxBytes));
    }

    /** Reads from memory alone; null if the ordinal is too far back for that. */
    public @Nullable ReadBatch readRecent(
            long ordinal, long cutoffMillis, int maxRecords, int maxBytes) {
        long tip = log.nextOrdinal();
        List<StoredRecord> records = log.readRecent(ordinal, cutoffMillis, maxRecords, maxBytes);
        return records == null ? null : batch(ordinal, tip, records);
    }

    private ReadBatch batch(long ordinal, long tip, List<StoredRecord> records) {
        if (records.isEmpty()) {
            return new ReadBatch(records, Math.max(ordinal, tip), true);
        }
        long next = records.get(records.size() - 1).ordinal() + 1;
        return new ReadBatch(records, next, next >= log.nextOrdinal());
    }

    void describe(ShardDescription current) {
        description = current;
    }

    void trim(long cutoffMillis, long nowMillis, long segmentMillis) throws IOException {
        log.trim(cutoffMillis, nowMillis, segmentMillis);
    }

    /** Calls the listener, on the writer's thread, after records came or the shard was closed. */
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    void changed() {
        for (Runnable listener : listeners) {
            listener.run();
        }
    }

    void closeLog() throws IOException {
        log.close();
    }
}
