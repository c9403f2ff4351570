package io.sluice.sinks.cloudwatch;

import java.io.Serializable;

/**
 * Count, sum, smallest and largest of some samples of one metric in one minute; the values are
 * integers times 10^-scale. A sum too large for 64 bits stays at the largest. Immutable.
 */
final class MetricSet implements Serializable {
    private static final long serialVersionUID = 1L;

    private final MetricKey key;
    private final long count;
    private final long sum;
    private final long min;
    private final long max;

    MetricSet(MetricKey key, long count, long sum, long min, long max) {
        this.key = key;
        this.count = count;
        this.sum = sum;
        this.min = min;
        this.max = max;
    }

    static MetricSet of(MetricSample sample) {
        long value = sample.value();
        return new MetricSet(MetricKey.of(sample), 1, value, value, value);
    }

    /** Both together, under this one's key. */
    MetricSet plus(MetricSet other) {
        return new MetricSet(
                key,
                count + other.count,
                saturatedSum(sum, other.sum),
                Math.min(min, other.min),
                Math.max(max, other.max));
    }

    MetricSet withTenant(String tenantId) {
        return new MetricSet(key.withTenant(tenantId), count, sum, min, max);
    }

    MetricKey key() {
        return key;
    }

    long count() {
        return count;
    }

    long sum() {
        return sum;
    }

    long min() {
        return min;
    }

    long max() {
        return max;
    }

    @Override
    public String toString() {
        return key + " count=" + count + " sum=" + sum + " min=" + min + " max=" + max;
    }

    private static long saturatedSum(long one, long other) {
        long sum = one + other;
        boolean overflowed = ((one ^ sum) & (other ^ sum)) < 0;
        return overflowed ? (one < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
    }
}
