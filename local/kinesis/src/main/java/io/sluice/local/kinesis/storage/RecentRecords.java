package io.sluice.local.kinesis.storage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest records of a shard, kept in memory for readers at its tip.
 *
 * <p>Bounded by count (2,048) and by bytes (1 MiB). Not thread-safe.
 */
final class RecentRecords {
    private static final int CAPACITY = 2048;
    private static final long MAX_BYTES = 1024 * 1024;
    private static final int RECORD_OVERHEAD_BYTES = 96;

    private final @Nullable StoredRecord[] ring = new StoredRecord[CAPACITY];
    private long first;
    private long next;
    private long bytes;

    /** An empty window whose first record will have the given ordinal. */
    RecentRecords(long nextOrdinal) {
        this.first = nextOrdinal;
        this.next = nextOrdinal;
    }

    void add(StoredRecord record) {
        if (next - first == CAPACITY) {
            evictFirst();
        }
        ring[slot(next++)] = record;
        bytes += weight(record);
        while (bytes > MAX_BYTES) {
            evictFirst();
        }
    }

    boolean covers(long ordinal) {
        return ordinal >= first;
    }

    /** Records from an ordinal that is covered, at least one if there is one. */
    List<StoredRecord> read(long ordinal, long cutoffMillis, int maxRecords, int maxBytes) {
        List<StoredRecord> records = new ArrayList<>();
        long taken = 0;
        for (long at = ordinal; at < next && records.size() < maxRecords; at++) {
            StoredRecord record = ring[slot(at)];
            if (record == null || record.arrivalMillis() < cutoffMillis) {
                continue;
            }
            taken += record.data().length + record.partitionKey().length();
            if (taken > maxBytes && !records.isEmpty()) {
                break;
            }
            records.add(record);
        }
        return records;
    }

    private void evictFirst() {
        int slot = slot(first++);
        StoredRecord evicted = ring[slot];
        bytes -= evicted == null ? 0 : weight(evicted);
        ring[slot] = null;
    }

    private static int weight(StoredRecord record) {
        return RECORD_OVERHEAD_BYTES + record.data().length + 2 * record.partitionKey().length();
    }

    private static int slot(long ordinal) {
        return (int) (ordinal % CAPACITY);
    }
}
