package io.sluice.sinks.cloudwatch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds samples up into one statistic set per metric, dimensions and minute. Holds a bounded number
 * of sets; beyond it the oldest minute's are given up, because metrics must never make the job
 * wait. Not thread-safe.
 */
final class MetricAggregator {
    private final int maxSets;
    private final Map<MetricKey, MetricSet> sets = new LinkedHashMap<>();

    MetricAggregator(int maxSets) {
        this.maxSets = maxSets;
    }

    /** Adds a sample; returns how many samples had to be given up for it. */
    long add(MetricSample sample) {
        return add(MetricSet.of(sample));
    }

    /** Adds a set, for example one that could not be sent yet; returns the samples given up. */
    long add(MetricSet set) {
        sets.merge(set.key(), set, MetricSet::plus);
        return sets.size() <= maxSets ? 0 : dropOldest();
    }

    /** All sets, oldest minute first; they stay. */
    List<MetricSet> peek() {
        List<MetricSet> all = new ArrayList<>(sets.values());
        all.sort(Comparator.comparingLong(set -> set.key().minuteMillis()));
        return all;
    }

    /** All sets, oldest minute first; nothing stays. */
    List<MetricSet> drain() {
        List<MetricSet> all = peek();
        sets.clear();
        return all;
    }

    int size() {
        return sets.size();
    }

    private long dropOldest() {
        MetricSet oldest = peek().get(0);
        sets.remove(oldest.key());
        return oldest.count();
    }
}
