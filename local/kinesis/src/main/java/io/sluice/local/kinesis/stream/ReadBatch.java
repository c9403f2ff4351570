package io.sluice.local.kinesis.stream;

import io.sluice.local.kinesis.storage.StoredRecord;
import java.util.List;

/**
 * What a read of a shard found.
 *
 * @param records in order
 * @param nextOrdinal where the next read goes on
 * @param atTip whether nothing lay behind these records at the time
 */
public record ReadBatch(List<StoredRecord> records, long nextOrdinal, boolean atTip) {
    /** Data and keys together. */
    public long bytes() {
        long bytes = 0;
        for (StoredRecord r : records) {
            bytes += r.data().length + r.partitionKey().length();
        }
        return bytes;
    }

    /** How far behind the tip a reader is after these records; 0 at the tip. */
    public long millisBehindLatest(long nowMillis) {
        return atTip || records.isEmpty()
                ? 0
                : Math.max(0, nowMillis - records.get(records.size() - 1).arrivalMillis());
    }
}
