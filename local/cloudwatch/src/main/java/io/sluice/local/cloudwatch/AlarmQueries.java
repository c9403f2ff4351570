package io.sluice.local.cloudwatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the {@code Metrics} of a metric alarm. They are checked and kept; an alarm over them is
 * never evaluated here, because this endpoint has no metric math.
 */
final class AlarmQueries {

    private static final int MOST = 10;

    private AlarmQueries() {}

    static void read(Input request, ObjectNode alarm) {
        for (String single : List.of("MetricName", "Namespace", "Period", "Statistic")) {
            if (request.has(single)) {
                throw CloudWatchException.invalidCombination(
                        "The parameters " + single + " and Metrics must not be used together");
            }
        }
        List<Input> queries = request.structures("Metrics");
        if (queries.isEmpty() || queries.size() > MOST) {
            throw CloudWatchException.validation(
                    "Metrics has " + queries.size() + " members, expected 1 to " + MOST);
        }
        ArrayNode kept = alarm.putArray("Metrics");
        Set<String> ids = new HashSet<>();
        int returned = 0;
        for (Input query : queries) {
            ObjectNode copy = kept.addObject();
            String id = query.requiredText("Id", MetricNames.LONGEST);
            if (!id.matches("[a-z][a-zA-Z0-9_]*") || !ids.add(id)) {
                throw CloudWatchException.validation(
                        "The value '" + id + "' for Id is not a name of its own");
            }
            boolean returns = !query.node().path("ReturnData").asText("true").equals("false");
            copy.put("Id", id).put("ReturnData", returns);
            returned += returns ? 1 : 0;
            if (query.has("Expression") == query.has("MetricStat")) {
                throw CloudWatchException.validation(
                        "Exactly one of Expression and MetricStat is expected in " + query.at());
            }
            if (query.has("Expression")) {
                copy.put("Expression", query.requiredText("Expression", 2048));
            } else {
                stat(query.structure("MetricStat"), copy.putObject("MetricStat"));
            }
        }
        if (returned != 1) {
            throw CloudWatchException.validation(
                    "Exactly one element of Metrics may have ReturnData true, seen " + returned);
        }
    }

    private static void stat(Input stat, ObjectNode copy) {
        Input metric = stat.structure("Metric");
        ObjectNode named =
                copy.putObject("Metric")
                        .put("Namespace", metric.requiredText("Namespace", MetricNames.LONGEST))
                        .put("MetricName", metric.requiredText("MetricName", MetricNames.LONGEST));
        ArrayNode dimensions = named.putArray("Dimensions");
        MetricNames.dimensions(metric)
                .forEach((n, v) -> dimensions.addObject().put("Name", n).put("Value", v));
        if (!stat.has("Period")) {
            throw CloudWatchException.missing(stat.path("Period"));
        }
        String statistic = stat.requiredText("Stat", 100);
        if (!Statistics.isKnown(statistic) || !AlarmForm.isPeriod(stat.whole("Period", 0))) {
            throw CloudWatchException.validation(
                    stat.at() + " has a statistic or period that is unknown");
        }
        copy.put("Period", stat.whole("Period", 0)).put("Stat", statistic);
    }
}
