package io.sluice.local.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Checks what a metric widget shows: rows of namespace, name and pairs of dimensions, where {@code
 * "."} repeats the value above and {@code "..."} all that go before, or an expression. Pure.
 */
final class GraphRows {

    private static final int MOST_ROWS = 500;
    private static final Set<String> VIEWS =
            Set.of("timeSeries", "singleValue", "gauge", "bar", "pie", "table");

    private final BiConsumer<String, String> problem;
    private int above;

    GraphRows(BiConsumer<String, String> problem) {
        this.problem = problem;
    }

    /** Checks the properties of one widget. */
    void check(JsonNode properties, String at) {
        JsonNode metrics = properties.path("metrics");
        boolean alarms = properties.path("annotations").path("alarms").isArray();
        if (!metrics.isArray() && !alarms) {
            problem.accept(at, "Should have required property 'metrics'");
        } else if (metrics.size() > MOST_ROWS) {
            problem.accept(at + "/metrics", "Should NOT have more than " + MOST_ROWS + " items");
        }
        String view = properties.path("view").asText("timeSeries");
        if (!VIEWS.contains(view)) {
            problem.accept(at + "/view", "Should be equal to one of the allowed values");
        }
        options(properties, at);
        for (int i = 0; i < metrics.size(); i++) {
            row(metrics.get(i), at + "/metrics/" + i);
        }
    }

    private void row(JsonNode row, String at) {
        if (!row.isArray() || row.isEmpty()) {
            problem.accept(at, "Should be an array that is not empty");
            return;
        }
        JsonNode last = row.get(row.size() - 1);
        int texts = last.isObject() ? row.size() - 1 : row.size();
        for (int i = 0; i < texts; i++) {
            if (!row.get(i).isTextual() || row.get(i).asText().isEmpty()) {
                problem.accept(at + "/" + i, "Should be a string that is not empty");
            }
        }
        if (last.isObject()) {
            options(last, at + "/" + texts);
        }
        if (texts == 0) {
            if (!last.path("expression").isTextual()) {
                problem.accept(at, "Should have an expression or a namespace and a metric name");
            }
            return;
        }
        if (row.get(0).asText().equals("...")) {
            if (texts > above) {
                problem.accept(at, "'...' has no row above that is as long");
            }
            return;
        }
        if (texts < 2 || texts % 2 != 0) {
            problem.accept(
                    at, "Should be namespace, metric name and pairs of dimension name and value");
        }
        above = texts;
    }

    private void options(JsonNode holder, String at) {
        JsonNode stat = holder.path("stat");
        if (!stat.isMissingNode() && !Statistics.isKnown(stat.asText())) {
            problem.accept(at + "/stat", "Should be a statistic, seen '" + stat.asText() + "'");
        }
        JsonNode period = holder.path("period");
        if (!period.isMissingNode()
                && (!period.isIntegralNumber() || !AlarmForm.isPeriod(period.asLong()))) {
            problem.accept(at + "/period", "Should be 1, 5, 10, 30 or a multiple of 60");
        }
    }
}
