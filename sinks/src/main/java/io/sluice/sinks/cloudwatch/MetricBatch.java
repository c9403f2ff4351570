package io.sluice.sinks.cloudwatch;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What one PutMetricData call sends: at most 1,000 statistic sets and 1 MB. Immutable. */
final class MetricBatch implements Serializable {
    /**
     * Bounds of one call: <a
     * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html">
     * PutMetricData</a>, read 2026-11-23.
     */
    static final int MAX_SETS = 1_000;

    static final long MAX_BYTES = 950_000;

    private static final long serialVersionUID = 1L;

    /**
     * Names, numbers and separators of one datum in the query protocol, the longest of the forms.
     */
    private static final long DATUM_BYTES = 700;

    private static final int BYTES_PER_ENCODED_CHARACTER = 3;

    private final ArrayList<MetricSet> sets;
    private final int attempts;

    MetricBatch(List<MetricSet> sets, int attempts) {
        this.sets = new ArrayList<>(sets);
        this.attempts = attempts;
    }

    /** As few batches as hold all sets, in their order. */
    static List<MetricBatch> of(List<MetricSet> sets) {
        List<MetricBatch> batches = new ArrayList<>();
        List<MetricSet> current = new ArrayList<>();
        long bytes = 0;
        for (MetricSet set : sets) {
            long more = bytesOf(set);
            if (current.size() == MAX_SETS || (bytes + more > MAX_BYTES && !current.isEmpty())) {
                batches.add(new MetricBatch(current, 0));
                current.clear();
                bytes = 0;
            }
            current.add(set);
            bytes += more;
        }
        if (!current.isEmpty()) {
            batches.add(new MetricBatch(current, 0));
        }
        return batches;
    }

    /** The same after one more failed attempt to send it. */
    MetricBatch failedOnceMore() {
        return new MetricBatch(sets, attempts + 1);
    }

    List<MetricSet> sets() {
        return Collections.unmodifiableList(sets);
    }

    /** Failed attempts to send it. */
    int attempts() {
        return attempts;
    }

    /** Samples in all sets together. */
    long samples() {
        return sets.stream().mapToLong(MetricSet::count).sum();
    }

    /** An upper estimate of its size on the wire. */
    long bytes() {
        return sets.stream().mapToLong(MetricBatch::bytesOf).sum();
    }

    private static long bytesOf(MetricSet set) {
        long characters = set.key().name().length();
        characters += set.key().unit().length();
        for (Map.Entry<String, String> dimension : set.key().dimensions().entrySet()) {
            characters += dimension.getKey().length() + dimension.getValue().length();
        }
        return DATUM_BYTES + BYTES_PER_ENCODED_CHARACTER * characters;
    }
}
