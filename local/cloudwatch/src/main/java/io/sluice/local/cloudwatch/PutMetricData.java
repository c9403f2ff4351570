package io.sluice.local.cloudwatch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Checks a PutMetricData request as the service does (API reference, PutMetricData and MetricDatum)
 * and turns it into samples.
 */
final class PutMetricData {

    private static final int MOST_DATUMS = 1000;
    private static final int MOST_VALUES = 150;
    private static final double LARGEST_VALUE = Math.pow(2, 360);
    private static final long OLDEST_MILLIS = 14L * 24 * 3600 * 1000;
    private static final long NEWEST_MILLIS = 2L * 3600 * 1000;
    private static final long MINUTE_MILLIS = 60_000;

    private PutMetricData() {}

    /** All samples of a request, or none: the first thing wrong refuses all of it. */
    static List<Sample> read(Input request, long nowMillis) {
        String namespace = namespace(request);
        List<Input> datums = new ArrayList<>(request.structures("MetricData"));
        request.structures("EntityMetricData")
                .forEach(entity -> datums.addAll(entity.structures("MetricData")));
        if (datums.isEmpty()) {
            throw CloudWatchException.missing("MetricData");
        }
        if (datums.size() > MOST_DATUMS) {
            throw CloudWatchException.invalidValue(
                    "The collection MetricData must not have a size greater than "
                            + MOST_DATUMS
                            + ".");
        }
        List<Sample> samples = new ArrayList<>();
        for (Input datum : datums) {
            samples.add(sample(namespace, datum, nowMillis));
        }
        return samples;
    }

    private static String namespace(Input request) {
        String namespace =
                MetricNames.ascii(
                        request.requiredText("Namespace", MetricNames.LONGEST), "Namespace");
        if (namespace.startsWith("AWS/") || namespace.startsWith(":")) {
            throw CloudWatchException.invalidValue(
                    "The value "
                            + namespace
                            + " for parameter Namespace is invalid: it must not start with AWS/ or ':'.");
        }
        return namespace;
    }

    private static Sample sample(String namespace, Input datum, long nowMillis) {
        String name =
                MetricNames.ascii(
                        datum.requiredText("MetricName", MetricNames.LONGEST),
                        datum.path("MetricName"));
        MetricId metric = new MetricId(namespace, name, MetricNames.dimensions(datum));
        long resolution = datum.whole("StorageResolution", 60);
        if (resolution != 1 && resolution != 60) {
            throw CloudWatchException.invalidValue(
                    "The value "
                            + resolution
                            + " for parameter "
                            + datum.path("StorageResolution")
                            + " is invalid: it must be 1 or 60.");
        }
        long minute = Math.floorDiv(timestamp(datum, nowMillis), MINUTE_MILLIS);
        String unit = Units.of(datum);
        int given =
                (datum.has("Value") ? 1 : 0)
                        + (datum.has("StatisticValues") ? 1 : 0)
                        + (datum.has("Values") ? 1 : 0);
        if (given > 1) {
            throw CloudWatchException.invalidCombination(
                    "The parameters "
                            + datum.path("Value")
                            + ", Values and StatisticValues are mutually exclusive and you have specified more than one.");
        }
        if (datum.has("Value")) {
            return ofValues(
                    metric,
                    minute,
                    unit,
                    List.of(checked(datum.number("Value"), datum.path("Value"))),
                    List.of(1.0));
        }
        if (datum.has("StatisticValues")) {
            return ofStatistics(metric, minute, unit, datum.structure("StatisticValues"));
        }
        return ofArray(metric, minute, unit, datum);
    }

    private static Sample ofArray(MetricId metric, long minute, String unit, Input datum) {
        List<Double> values = datum.numbers("Values");
        if (values.isEmpty()) {
            throw CloudWatchException.missing(datum.path("Value"));
        }
        if (values.size() > MOST_VALUES) {
            throw CloudWatchException.invalidValue(
                    "The collection "
                            + datum.path("Values")
                            + " must not have a size greater than "
                            + MOST_VALUES
                            + ".");
        }
        values.forEach(value -> checked(value, datum.path("Values")));
        List<Double> counts =
                datum.has("Counts")
                        ? datum.numbers("Counts")
                        : Collections.nCopies(values.size(), 1.0);
        if (counts.size() != values.size()) {
            throw CloudWatchException.invalidValue(
                    "The parameters "
                            + datum.path("Values")
                            + " and "
                            + datum.path("Counts")
                            + " have "
                            + values.size()
                            + " and "
                            + counts.size()
                            + " members; they must have the same number.");
        }
        for (double count : counts) {
            if (!(count >= 0 && count <= LARGEST_VALUE)) {
                throw CloudWatchException.invalidValue(
                        "The value "
                                + count
                                + " for parameter "
                                + datum.path("Counts")
                                + " is invalid.");
            }
        }
        return ofValues(metric, minute, unit, values, counts);
    }

    private static Sample ofValues(
            MetricId metric, long minute, String unit, List<Double> values, List<Double> counts) {
        double count = 0;
        double sum = 0;
        for (int i = 0; i < values.size(); i++) {
            count += counts.get(i);
            sum += values.get(i) * counts.get(i);
        }
        return new Sample(
                metric,
                minute,
                unit,
                count,
                sum,
                Collections.min(values),
                Collections.max(values),
                values,
                counts);
    }

    private static Sample ofStatistics(MetricId metric, long minute, String unit, Input set) {
        for (String name : List.of("SampleCount", "Sum", "Minimum", "Maximum")) {
            if (!set.has(name)) {
                throw CloudWatchException.missing(set.path(name));
            }
            checked(set.number(name), set.path(name));
        }
        double min = set.number("Minimum");
        double max = set.number("Maximum");
        if (min > max) {
            throw CloudWatchException.invalidCombination(
                    "The parameter "
                            + set.path("Maximum")
                            + " must be greater than or equal to Minimum.");
        }
        double count = set.number("SampleCount");
        if (count <= 0) {
            throw CloudWatchException.invalidValue(
                    "The value "
                            + count
                            + " for parameter "
                            + set.path("SampleCount")
                            + " is invalid: it must be greater than 0.");
        }
        return new Sample(
                metric, minute, unit, count, set.number("Sum"), min, max, List.of(), List.of());
    }

    private static long timestamp(Input datum, long nowMillis) {
        if (!datum.has("Timestamp")) {
            return nowMillis;
        }
        long millis = datum.millis("Timestamp");
        if (millis < nowMillis - OLDEST_MILLIS) {
            throw CloudWatchException.invalidValue(
                    "The parameter "
                            + datum.path("Timestamp")
                            + " must specify a time within the past two weeks.");
        }
        if (millis > nowMillis + NEWEST_MILLIS) {
            throw CloudWatchException.invalidValue(
                    "The parameter "
                            + datum.path("Timestamp")
                            + " must specify a time no more than two hours in the future.");
        }
        return millis;
    }

    private static double checked(double value, String at) {
        if (!(Math.abs(value) <= LARGEST_VALUE)) {
            throw CloudWatchException.invalidValue(
                    "The value " + value + " for parameter " + at + " is invalid.");
        }
        return value;
    }
}
