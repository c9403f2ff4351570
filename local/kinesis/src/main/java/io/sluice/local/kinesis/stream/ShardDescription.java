package io.sluice.local.kinesis.stream;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a shard besides its records.
 *
 * @param index its number within the stream, from 0
 * @param range the hash keys it takes
 * @param parentIndex the shard it was split off or the first of those merged, null if none
 * @param adjacentParentIndex the second of those merged, null if none
 * @param openedMillis when it began to take records, epoch milliseconds
 * @param closedMillis when it stopped, null while open
 * @param endOrdinal the ordinal after its last record, null while open
 */
public record ShardDescription(
        int index,
        HashKeyRange range,
        @Nullable Integer parentIndex,
        @Nullable Integer adjacentParentIndex,
        long openedMillis,
        @Nullable Long closedMillis,
        @Nullable Long endOrdinal) {

    /** A new open shard. */
    public static ShardDescription open(
            int index,
            HashKeyRange range,
            @Nullable Integer parentIndex,
            @Nullable Integer adjacentParentIndex,
            long openedMillis) {
        return new ShardDescription(
                index, range, parentIndex, adjacentParentIndex, openedMillis, null, null);
    }

    ShardDescription closed(long atMillis, long endOrdinal) {
        return new ShardDescription(
                index, range, parentIndex, adjacentParentIndex, openedMillis, atMillis, endOrdinal);
    }

    @JsonIgnore
    public boolean isOpen() {
        return closedMillis == null;
    }

    public String id() {
        return ShardIds.format(index);
    }

    public SequenceNumbers sequenceNumbers() {
        return new SequenceNumbers(index, openedMillis);
    }
}
