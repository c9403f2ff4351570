package io.sluice.local.cloudwatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** The reading operations: GetMetricData, GetMetricStatistics and ListMetrics. */
final class Queries {

    private static final int MOST_QUERIES = 500;
    private static final int MOST_DATAPOINTS = 100_800;
    private static final int MOST_STATISTICS_POINTS = 1440;
    private static final int METRICS_PER_PAGE = 500;
    private static final long RECENT_MINUTES = 180;

    private final MetricStore store;

    Queries(MetricStore store) {
        this.store = store;
    }

    ObjectNode getMetricData(Input request) {
        List<Input> queries = request.structures("MetricDataQueries");
        if (queries.isEmpty() || queries.size() > MOST_QUERIES) {
            throw CloudWatchException.validation(
                    "MetricDataQueries has "
                            + queries.size()
                            + " members, expected 1 to "
                            + MOST_QUERIES
                            + ".");
        }
        long most = request.whole("MaxDatapoints", MOST_DATAPOINTS);
        if (most < 1 || most > MOST_DATAPOINTS) {
            throw CloudWatchException.validation(
                    "MaxDatapoints is " + most + ", expected 1 to " + MOST_DATAPOINTS + ".");
        }
        String order = request.text("ScanBy");
        if (!Set.of("", "TimestampAscending", "TimestampDescending").contains(order)) {
            throw CloudWatchException.validation(
                    "ScanBy is " + order + ", expected TimestampAscending or TimestampDescending.");
        }
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        Page page = new Page(PageToken.read(request.text("NextToken")), most);
        ArrayNode results = response.putArray("MetricDataResults");
        Set<String> ids = new HashSet<>();
        for (Input query : queries) {
            String id = id(query, ids);
            NavigableMap<Long, Double> points = points(request, query);
            if (returned(query)) {
                page.write(
                        id,
                        label(query),
                        order.equals("TimestampAscending") ? points : points.descendingMap(),
                        results);
            }
        }
        response.putArray("Messages");
        if (page.more()) {
            response.put("NextToken", PageToken.write(page.end()));
        }
        return response;
    }

    ObjectNode getMetricStatistics(Input request) {
        MetricId metric = metric(request);
        if (!request.has("Period")) {
            throw CloudWatchException.missing("Period");
        }
        TimeRange range = TimeRange.read(request, request.whole("Period", 0), "Period");
        if (range.periods() > MOST_STATISTICS_POINTS) {
            throw CloudWatchException.invalidCombination(
                    "You have requested up to "
                            + range.periods()
                            + " datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested"
                            + " by increasing Period, or decreasing the time range.");
        }
        List<String> plain = statistics(request, "Statistics", false);
        List<String> extended = statistics(request, "ExtendedStatistics", true);
        if (plain.isEmpty() == extended.isEmpty()) {
            throw CloudWatchException.invalidCombination(
                    "Exactly one of the parameters Statistics and ExtendedStatistics must be specified.");
        }
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        response.put("Label", metric.name());
        ArrayNode points = response.putArray("Datapoints");
        List<String> units = request.has("Unit") ? List.of(Units.of(request)) : store.units(metric);
        for (String unit : units) {
            store.query(metric, range, unit)
                    .forEach(
                            (minute, s) ->
                                    writeDatapoint(
                                            points.addObject(), minute, unit, s, plain, extended));
        }
        return response;
    }

    ObjectNode listMetrics(Input request, long nowMinute) {
        String active = request.text("RecentlyActive");
        if (!active.isEmpty() && !active.equals("PT3H")) {
            throw CloudWatchException.invalidValue(
                    "The value "
                            + active
                            + " for parameter RecentlyActive is invalid: it must be PT3H.");
        }
        List<MetricId> found =
                store.list(
                        metric ->
                                fits(metric, request)
                                        && (active.isEmpty()
                                                || store.lastMinute(metric)
                                                        >= nowMinute - RECENT_MINUTES));
        long from = Math.min(PageToken.read(request.text("NextToken")), found.size());
        long to = Math.min(from + METRICS_PER_PAGE, found.size());
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        ArrayNode metrics = response.putArray("Metrics");
        for (MetricId metric : found.subList((int) from, (int) to)) {
            ObjectNode json =
                    metrics.addObject()
                            .put("Namespace", metric.namespace())
                            .put("MetricName", metric.name());
            ArrayNode dimensions = json.putArray("Dimensions");
            metric.dimensions()
                    .forEach(
                            (name, value) ->
                                    dimensions.addObject().put("Name", name).put("Value", value));
        }
        if (to < found.size()) {
            response.put("NextToken", PageToken.write(to));
        }
        return response;
    }

    private NavigableMap<Long, Double> points(Input request, Input query) {
        if (query.has("Expression") || !query.has("MetricStat")) {
            throw CloudWatchException.validation(
                    "Error in expression '"
                            + query.text("Id")
                            + "': this endpoint has no metric math; use MetricStat and combine the values yourself.");
        }
        Input stat = query.structure("MetricStat");
        MetricId metric = metric(stat.structure("Metric"));
        if (!stat.has("Period")) {
            throw CloudWatchException.missing(stat.path("Period"));
        }
        TimeRange range = TimeRange.read(request, stat.whole("Period", 0), stat.path("Period"));
        String statistic = stat.requiredText("Stat", 100);
        if (!Statistics.isKnown(statistic)) {
            throw CloudWatchException.invalidValue(
                    "The value "
                            + statistic
                            + " for parameter "
                            + stat.path("Stat")
                            + " is invalid: it must be SampleCount, Sum, Average, Minimum, Maximum or pNN.");
        }
        String unit = stat.has("Unit") ? Units.of(stat) : "";
        NavigableMap<Long, Double> points = new TreeMap<>();
        store.query(metric, range, unit)
                .forEach(
                        (minute, statistics) -> {
                            Double value = statistics.get(statistic);
                            if (value != null) {
                                points.put(minute, value);
                            }
                        });
        return points;
    }

    private static MetricId metric(Input holder) {
        return new MetricId(
                holder.requiredText("Namespace", 255),
                holder.requiredText("MetricName", 255),
                MetricNames.dimensions(holder));
    }

    private static String id(Input query, Set<String> taken) {
        String id = query.requiredText("Id", 255);
        if (!id.matches("[a-z][a-zA-Z0-9_]*")) {
            throw CloudWatchException.validation(
                    "The value '"
                            + id
                            + "' for Id must start with a lower-case letter and have only letters, digits and underscores.");
        }
        if (!taken.add(id)) {
            throw CloudWatchException.validation(
                    "The values for parameter id in MetricDataQueries are not unique: '"
                            + id
                            + "' comes twice.");
        }
        return id;
    }

    private static String label(Input query) {
        return query.has("Label")
                ? query.text("Label")
                : query.structure("MetricStat").structure("Metric").text("MetricName");
    }

    private static boolean returned(Input query) {
        return !query.node().path("ReturnData").asText("true").equals("false");
    }

    private static List<String> statistics(Input request, String name, boolean percentiles) {
        List<String> statistics = request.texts(name);
        for (String statistic : statistics) {
            if (!Statistics.isKnown(statistic) || statistic.startsWith("p") != percentiles) {
                throw CloudWatchException.invalidValue(
                        "The value " + statistic + " for parameter " + name + " is invalid.");
            }
        }
        return statistics;
    }

    private static void writeDatapoint(
            ObjectNode point,
            long minute,
            String unit,
            Statistics statistics,
            List<String> plain,
            List<String> extended) {
        point.putPOJO("Timestamp", Instant.ofEpochSecond(minute * 60));
        for (String name : plain) {
            point.put(name, statistics.get(name));
        }
        if (!extended.isEmpty()) {
            Map<String, Double> values = new TreeMap<>();
            for (String name : new ArrayList<>(extended)) {
                Double value = statistics.get(name);
                if (value != null) {
                    values.put(name, value);
                }
            }
            point.putPOJO("ExtendedStatistics", values);
        }
        point.put("Unit", unit);
    }

    private static boolean fits(MetricId metric, Input request) {
        if (request.has("Namespace") && !metric.namespace().equals(request.text("Namespace"))) {
            return false;
        }
        if (request.has("MetricName") && !metric.name().equals(request.text("MetricName"))) {
            return false;
        }
        for (Input filter : request.structures("Dimensions")) {
            String value = metric.dimensions().get(filter.requiredText("Name", 255));
            if (value == null || (filter.has("Value") && !value.equals(filter.text("Value")))) {
                return false;
            }
        }
        return true;
    }
}
