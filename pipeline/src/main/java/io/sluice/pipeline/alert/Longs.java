package io.sluice.pipeline.alert;

import java.util.Arrays;

/** A row of whole numbers that is written to its end or read from its start. Not thread-safe. */
final class Longs {
    private long[] values;
    private int at;

    Longs() {
        this.values = new long[32];
    }

    /** A row to read; past its end there are zeros. */
    Longs(long[] values) {
        this.values = values;
    }

    void add(long value) {
        if (at == values.length) {
            values = Arrays.copyOf(values, 2 * at);
        }
        values[at++] = value;
    }

    long next() {
        return at < values.length ? values[at++] : 0;
    }

    long[] written() {
        return Arrays.copyOf(values, at);
    }
}
