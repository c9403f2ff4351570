package io.sluice.local.cloudwatch;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one period, added up. Percentiles need raw values; a statistic set brings none.
 */
final class Statistics {

    /** Distinct values kept per minute for percentiles; further ones are left out of them alone. */
    private static final int MOST_VALUES = 5000;

    private static final Pattern PERCENTILE =
            Pattern.compile("p([0-9]{1,2}(?:\\.[0-9]{1,10})?|100)");

    private double count;
    private double sum;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private boolean rawOnly = true;
    private final TreeMap<Double, Double> values = new TreeMap<>();

    void add(Sample sample) {
        count += sample.count();
        sum += sample.sum();
        min = Math.min(min, sample.min());
        max = Math.max(max, sample.max());
        rawOnly = rawOnly && !sample.values().isEmpty();
        for (int i = 0; i < sample.values().size(); i++) {
            addValue(sample.values().get(i), sample.counts().get(i));
        }
    }

    void add(Statistics other) {
        count += other.count;
        sum += other.sum;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        rawOnly = rawOnly && other.rawOnly;
        other.values.forEach(this::addValue);
    }

    /** Whether this is a statistic that {@link #get} knows. */
    static boolean isKnown(String statistic) {
        return switch (statistic) {
            case "SampleCount", "Sum", "Average", "Minimum", "Maximum" -> true;
            default -> PERCENTILE.matcher(statistic).matches();
        };
    }

    /** The statistic, or null for a percentile without raw values. */
    @Nullable Double get(String statistic) {
        return switch (statistic) {
            case "SampleCount" -> count;
            case "Sum" -> sum;
            case "Average" -> sum / count;
            case "Minimum" -> min;
            case "Maximum" -> max;
            default -> percentile(statistic);
        };
    }

    private @Nullable Double percentile(String statistic) {
        Matcher matcher = PERCENTILE.matcher(statistic);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no statistic " + statistic);
        }
        if (!rawOnly || values.isEmpty()) {
            return min == max ? (Double) min : null;
        }
        double total = values.values().stream().mapToDouble(Double::doubleValue).sum();
        double rank = Double.parseDouble(matcher.group(1)) / 100 * total;
        double seen = 0;
        for (Map.Entry<Double, Double> value : values.entrySet()) {
            seen += value.getValue();
            if (seen >= rank) {
                return value.getKey();
            }
        }
        return values.lastKey();
    }

    private void addValue(double value, double times) {
        if (values.size() < MOST_VALUES || values.containsKey(value)) {
            values.merge(value, times, Double::sum);
        }
    }
}
