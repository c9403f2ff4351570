package io.sluice.local.cloudwatch;

import java.util.List;

/**
 * What one datum adds to one minute of one metric.
 *
 * @param metric the metric
 * @param epochMinute minutes since 1970
 * @param unit CloudWatch unit, {@code None} when the caller gave none
 * @param count number of samples
 * @param sum of the samples
 * @param min smallest sample
 * @param max largest sample
 * @param values raw values, empty for a statistic set
 * @param counts how often each value came, parallel to {@code values}
 */
record Sample(
        MetricId metric,
        long epochMinute,
        String unit,
        double count,
        double sum,
        double min,
        double max,
        List<Double> values,
        List<Double> counts) {

    Sample {
        values = List.copyOf(values);
        counts = List.copyOf(counts);
    }
}
