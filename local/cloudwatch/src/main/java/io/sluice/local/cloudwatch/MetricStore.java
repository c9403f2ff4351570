package io.sluice.local.cloudwatch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * All minutes in memory, by metric and unit. Sent again means added again, as in the service. Used
 * by one thread.
 */
final class MetricStore {

    private final Map<MetricId, NavigableMap<Long, Map<String, Statistics>>> metrics =
            new LinkedHashMap<>();

    void add(Sample sample) {
        metrics.computeIfAbsent(sample.metric(), m -> new TreeMap<>())
                .computeIfAbsent(sample.epochMinute(), m -> new TreeMap<>())
                .computeIfAbsent(sample.unit(), u -> new Statistics())
                .add(sample);
    }

    /**
     * The statistics of a metric per period, by the period's first minute.
     *
     * @param unit only data of this unit; empty for all
     */
    NavigableMap<Long, Statistics> query(MetricId metric, TimeRange range, String unit) {
        NavigableMap<Long, Statistics> periods = new TreeMap<>();
        NavigableMap<Long, Map<String, Statistics>> minutes =
                metrics.getOrDefault(metric, new TreeMap<>());
        minutes.subMap(range.fromMinute(), range.toMinute())
                .forEach(
                        (minute, units) ->
                                units.forEach(
                                        (u, statistics) -> {
                                            if (unit.isEmpty() || unit.equals(u)) {
                                                long start =
                                                        minute
                                                                - Math.floorMod(
                                                                        minute,
                                                                        range.periodMinutes());
                                                periods.computeIfAbsent(
                                                                start, s -> new Statistics())
                                                        .add(statistics);
                                            }
                                        }));
        return periods;
    }

    /** The units in which a metric was sent. */
    List<String> units(MetricId metric) {
        NavigableMap<Long, Map<String, Statistics>> minutes =
                metrics.getOrDefault(metric, new TreeMap<>());
        return minutes.values().stream()
                .flatMap(units -> units.keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** The metrics that fit, in the order of their first datum. */
    List<MetricId> list(Predicate<MetricId> fits) {
        return metrics.keySet().stream().filter(fits).toList();
    }

    /** When a metric last had data, in minutes since 1970. */
    long lastMinute(MetricId metric) {
        NavigableMap<Long, Map<String, Statistics>> minutes = metrics.get(metric);
        return minutes == null || minutes.isEmpty() ? Long.MIN_VALUE : minutes.lastKey();
    }

    /** Forgets the minutes before one, and metrics without any left. */
    void dropBefore(long minute) {
        for (MetricId metric : new ArrayList<>(metrics.keySet())) {
            NavigableMap<Long, Map<String, Statistics>> minutes = metrics.get(metric);
            if (minutes != null) {
                minutes.headMap(minute).clear();
                if (minutes.isEmpty()) {
                    metrics.remove(metric);
                }
            }
        }
    }
}
