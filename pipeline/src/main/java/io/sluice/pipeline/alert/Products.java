package io.sluice.pipeline.alert;

/** Compares products of whole numbers exactly, however large. */
final class Products {
    private Products() {}

    /** Whether {@code a * b >= c * d}; all of them 0 or more. */
    static boolean atLeast(long a, long b, long c, long d) {
        long high = Math.multiplyHigh(a, b);
        long otherHigh = Math.multiplyHigh(c, d);
        return high != otherHigh ? high > otherHigh : Long.compareUnsigned(a * b, c * d) >= 0;
    }
}
