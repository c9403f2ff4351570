package io.sluice.pipeline.replay;

import java.math.BigInteger;

/** A sum of numbers of 0 or more that is exact however large it grows. Not thread-safe. */
final class ExactSum {
    private BigInteger carried = BigInteger.ZERO;
    private long rest;

    void add(long value) {
        if (value > Long.MAX_VALUE - rest) {
            carried = carried.add(BigInteger.valueOf(rest));
            rest = 0;
        }
        rest += value;
    }

    void add(BigInteger value) {
        carried = carried.add(value);
    }

    void add(ExactSum other) {
        carried = carried.add(other.value());
    }

    BigInteger value() {
        return carried.add(BigInteger.valueOf(rest));
    }
}
