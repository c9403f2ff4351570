package io.sluice.local.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What state alarms are in, judged over the last whole periods whenever somebody asks: breaching
 * datapoints, M of N, and what the alarm says of missing ones. {@code ignore} counts as not
 * breaching, because no earlier state is remembered. Used by one thread.
 */
final class AlarmStates {

    private static final String UNKNOWN = "INSUFFICIENT_DATA";

    private final MetricStore store;
    private final Map<String, ObjectNode> alarms;
    private final long nowMinute;
    private final Set<String> asked = new HashSet<>();

    AlarmStates(MetricStore store, Map<String, ObjectNode> alarms, long nowMinute) {
        this.store = store;
        this.alarms = alarms;
        this.nowMinute = nowMinute;
    }

    /** {@code ALARM}, {@code OK} or {@code INSUFFICIENT_DATA}. */
    String of(String nameOrArn) {
        String name =
                nameOrArn.substring(
                        nameOrArn.lastIndexOf(":alarm:") < 0
                                ? 0
                                : nameOrArn.lastIndexOf(":alarm:") + ":alarm:".length());
        ObjectNode alarm = alarms.get(name);
        if (alarm == null || !asked.add(name)) {
            return UNKNOWN;
        }
        try {
            if (alarm.has("AlarmRule")) {
                return AlarmRule.parse(alarm.path("AlarmRule").asText()).apply(this::of)
                        ? "ALARM"
                        : "OK";
            }
            return alarm.has("MetricName") && alarm.has("Threshold") ? ofMetric(alarm) : UNKNOWN;
        } finally {
            asked.remove(name);
        }
    }

    private String ofMetric(ObjectNode alarm) {
        long minutes = Math.max(1, alarm.path("Period").asLong() / 60);
        long periods = alarm.path("EvaluationPeriods").asLong();
        long end = nowMinute - Math.floorMod(nowMinute, minutes);
        NavigableMap<Long, Statistics> found =
                store.query(
                        metric(alarm),
                        new TimeRange(end - periods * minutes, end, minutes),
                        alarm.path("Unit").asText(""));
        String missing = alarm.path("TreatMissingData").asText();
        long breaching = missing.equals("breaching") ? periods - found.size() : 0;
        for (Statistics statistics : found.values()) {
            Double value = statistics.get(statistic(alarm));
            breaching += value != null && isBreaching(alarm, value) ? 1 : 0;
        }
        if (breaching >= alarm.path("DatapointsToAlarm").asLong()) {
            return "ALARM";
        }
        return found.isEmpty() && missing.equals("missing") ? UNKNOWN : "OK";
    }

    private static String statistic(JsonNode alarm) {
        return alarm.has("Statistic")
                ? alarm.path("Statistic").asText()
                : alarm.path("ExtendedStatistic").asText();
    }

    private static boolean isBreaching(JsonNode alarm, @Nullable Double value) {
        double threshold = alarm.path("Threshold").asDouble();
        double seen = value == null ? Double.NaN : value;
        return switch (alarm.path("ComparisonOperator").asText()) {
            case "GreaterThanOrEqualToThreshold" -> seen >= threshold;
            case "GreaterThanThreshold" -> seen > threshold;
            case "LessThanThreshold" -> seen < threshold;
            case "LessThanOrEqualToThreshold" -> seen <= threshold;
            default -> false;
        };
    }

    private static MetricId metric(JsonNode alarm) {
        Map<String, String> dimensions = new TreeMap<>();
        for (JsonNode dimension : alarm.path("Dimensions")) {
            dimensions.put(dimension.path("Name").asText(), dimension.path("Value").asText());
        }
        return new MetricId(
                alarm.path("Namespace").asText(), alarm.path("MetricName").asText(), dimensions);
    }
}
