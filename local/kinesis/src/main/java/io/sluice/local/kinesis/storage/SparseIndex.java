package io.sluice.local.kinesis.storage;

import java.util.Arrays;

/**
 * Where some entries of a segment start: one point about every 64 KiB.
 *
 * <p>24 bytes a point, so a gigabyte of records costs less than half a megabyte. Not thread-safe.
 */
final class SparseIndex {
    private static final long SPACING_BYTES = 64 * 1024;

    private long[] ordinals = new long[16];
    private long[] arrivals = new long[16];
    private long[] offsets = new long[16];
    private int size;

    /** Notes an entry; kept only if far enough behind the last point. Called in file order. */
    void add(long ordinal, long arrivalMillis, long offset) {
        if (size > 0 && offset - offsets[size - 1] < SPACING_BYTES) {
            return;
        }
        if (size == ordinals.length) {
            ordinals = Arrays.copyOf(ordinals, size * 2);
            arrivals = Arrays.copyOf(arrivals, size * 2);
            offsets = Arrays.copyOf(offsets, size * 2);
        }
        ordinals[size] = ordinal;
        arrivals[size] = arrivalMillis;
        offsets[size++] = offset;
    }

    /** An offset at or before the entry with this ordinal. */
    long offsetBefore(long ordinal) {
        int found = Arrays.binarySearch(ordinals, 0, size, ordinal);
        int at = found >= 0 ? found : -found - 2;
        return at < 0 ? 0 : offsets[at];
    }

    /** An offset at or before the first entry that arrived at or after a time. */
    long offsetBeforeTime(long millis) {
        int at = 0;
        while (at + 1 < size && arrivals[at + 1] < millis) {
            at++;
        }
        return size == 0 ? 0 : offsets[at];
    }
}
