package io.sluice.local.cloudwatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * Reads and checks a PutMetricAlarm or PutCompositeAlarm request (CloudWatch API reference, read
 * 2026-11-27) and gives the alarm as DescribeAlarms shows it. Pure.
 */
final class AlarmForm {

    private static final int MOST_ACTIONS = 5;
    private static final int LONGEST_RULE = 10_240;
    private static final long DAY_SECONDS = 86_400;
    private static final Set<String> STATISTICS =
            Set.of("SampleCount", "Average", "Sum", "Minimum", "Maximum");
    private static final Set<String> COMPARISONS =
            Set.of(
                    "GreaterThanOrEqualToThreshold",
                    "GreaterThanThreshold",
                    "LessThanThreshold",
                    "LessThanOrEqualToThreshold",
                    "LessThanLowerOrGreaterThanUpperThreshold",
                    "LessThanLowerThreshold",
                    "GreaterThanUpperThreshold");
    private static final Set<String> MISSING =
            Set.of("breaching", "notBreaching", "ignore", "missing");

    private AlarmForm() {}

    /** Whether CloudWatch keeps or shows periods of so many seconds. */
    static boolean isPeriod(long seconds) {
        return Set.of(1L, 5L, 10L, 20L, 30L).contains(seconds)
                || (seconds >= 60 && seconds % 60 == 0);
    }

    /** A metric alarm. */
    static ObjectNode metric(Input request) {
        ObjectNode alarm = named(request);
        long evaluations = atLeastOne(request, "EvaluationPeriods", 0);
        long datapoints = atLeastOne(request, "DatapointsToAlarm", evaluations);
        if (datapoints > evaluations) {
            throw CloudWatchException.validation(
                    "DatapointsToAlarm must be less than or equal to EvaluationPeriods: seen "
                            + datapoints
                            + " and "
                            + evaluations);
        }
        alarm.put("EvaluationPeriods", evaluations).put("DatapointsToAlarm", datapoints);
        alarm.put("ComparisonOperator", oneOf(request, "ComparisonOperator", COMPARISONS, ""));
        alarm.put("TreatMissingData", oneOf(request, "TreatMissingData", MISSING, "missing"));
        boolean banded = request.has("ThresholdMetricId");
        if (!banded && !request.has("Threshold")) {
            throw CloudWatchException.missing("Threshold");
        }
        if (banded) {
            alarm.put("ThresholdMetricId", request.requiredText("ThresholdMetricId", 255));
        } else {
            alarm.put("Threshold", request.number("Threshold"));
        }
        if (request.has("Metrics")) {
            AlarmQueries.read(request, alarm);
        } else {
            oneMetric(request, alarm, evaluations);
        }
        return alarm;
    }

    /** A composite alarm; its rule is well formed, the alarms it names are not looked for. */
    static ObjectNode composite(Input request) {
        ObjectNode alarm = named(request);
        String rule = request.requiredText("AlarmRule", LONGEST_RULE);
        AlarmRule.parse(rule);
        return alarm.put("AlarmRule", rule);
    }

    private static void oneMetric(Input request, ObjectNode alarm, long evaluations) {
        alarm.put("MetricName", request.requiredText("MetricName", MetricNames.LONGEST));
        alarm.put("Namespace", request.requiredText("Namespace", MetricNames.LONGEST));
        ArrayNode dimensions = alarm.putArray("Dimensions");
        MetricNames.dimensions(request)
                .forEach(
                        (name, value) ->
                                dimensions.addObject().put("Name", name).put("Value", value));
        long period = atLeastOne(request, "Period", 0);
        if (!isPeriod(period)) {
            throw CloudWatchException.validation(
                    "Period must be 10, 20, 30 or a multiple of 60, seen " + period);
        }
        if ((period < 3600 && period * evaluations > DAY_SECONDS)
                || period * evaluations > 7 * DAY_SECONDS) {
            throw CloudWatchException.validation(
                    "Metrics cannot be checked across more than a day (EvaluationPeriods * Period"
                            + " must be <= 86400), or 7 days for periods of an hour and more");
        }
        alarm.put("Period", period);
        if (request.has("Statistic") == request.has("ExtendedStatistic")) {
            throw CloudWatchException.invalidCombination(
                    "Exactly one of Statistic and ExtendedStatistic must be specified");
        }
        if (request.has("Statistic")) {
            alarm.put("Statistic", oneOf(request, "Statistic", STATISTICS, ""));
        } else {
            String extended = request.text("ExtendedStatistic");
            if (!extended.startsWith("p") || !Statistics.isKnown(extended)) {
                throw CloudWatchException.invalidValue(
                        "The value " + extended + " for parameter ExtendedStatistic is invalid.");
            }
            alarm.put("ExtendedStatistic", extended);
        }
        if (request.has("Unit")) {
            alarm.put("Unit", Units.of(request));
        }
    }

    private static ObjectNode named(Input request) {
        String name = request.requiredText("AlarmName", MetricNames.LONGEST);
        ObjectNode alarm = JsonNodeFactory.instance.objectNode();
        alarm.put("AlarmName", name)
                .put("AlarmArn", "arn:aws:cloudwatch:us-east-1:000000000000:alarm:" + name)
                .put(
                        "ActionsEnabled",
                        !request.node().path("ActionsEnabled").asText("true").equals("false"));
        if (request.has("AlarmDescription")) {
            alarm.put("AlarmDescription", request.text("AlarmDescription"));
        }
        for (String kind : List.of("OKActions", "AlarmActions", "InsufficientDataActions")) {
            List<String> actions = request.texts(kind);
            if (actions.size() > MOST_ACTIONS) {
                throw CloudWatchException.validation(
                        kind + " has " + actions.size() + " members, expected at most 5");
            }
            ArrayNode listed = alarm.putArray(kind);
            for (String action : actions) {
                if (!action.startsWith("arn:")) {
                    throw CloudWatchException.validation("Invalid arn syntax: " + action);
                }
                listed.add(action);
            }
        }
        return alarm;
    }

    private static long atLeastOne(Input request, String name, long otherwise) {
        if (otherwise == 0 && !request.has(name)) {
            throw CloudWatchException.missing(name);
        }
        long value = request.whole(name, otherwise);
        if (value < 1) {
            throw CloudWatchException.validation(name + " is " + value + ", expected at least 1");
        }
        return value;
    }

    private static String oneOf(Input request, String name, Set<String> known, String otherwise) {
        if (otherwise.isEmpty() && !request.has(name)) {
            throw CloudWatchException.missing(name);
        }
        String value = request.has(name) ? request.text(name) : otherwise;
        if (!known.contains(value)) {
            throw CloudWatchException.validation(
                    "The value "
                            + value
                            + " for parameter "
                            + name
                            + " is invalid, expected one of "
                            + known.stream().sorted().toList());
        }
        return value;
    }
}
