package io.sluice.local.cloudwatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Checks the body of a dashboard: its grid, the properties each type of widget needs, and the rows
 * of a graph's metrics (CloudWatch API reference, Dashboard body structure and syntax, read
 * 2026-11-27). Pure.
 */
final class DashboardBody {

    /** What is wrong, and at which JSON pointer. */
    record Problem(String path, String message) {}

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MOST_WIDGETS = 500;
    private static final int MOST_VARIABLES = 25;
    private static final int COLUMNS = 24;
    private static final int MOST_ROWS = 1000;
    private static final Set<String> FIELDS =
            Set.of("start", "end", "periodOverride", "widgets", "variables");
    private static final Set<String> TYPES =
            Set.of("metric", "text", "alarm", "log", "explorer", "custom");

    private final List<Problem> problems = new ArrayList<>();

    private DashboardBody() {}

    /** Everything that is wrong with a body; empty if it can be stored. */
    static List<Problem> problems(String text) {
        DashboardBody body = new DashboardBody();
        try {
            body.check(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            body.problem("", "The field DashboardBody must be a valid JSON object");
        }
        return body.problems;
    }

    private void check(JsonNode body) {
        if (!body.isObject()) {
            problem("", "The field DashboardBody must be a valid JSON object");
            return;
        }
        body.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!FIELDS.contains(name)) {
                                problem("/" + name, "Should NOT have additional properties");
                            }
                        });
        String override = body.path("periodOverride").asText("auto");
        if (!Set.of("auto", "inherit").contains(override)) {
            problem("/periodOverride", "Should be equal to one of auto, inherit");
        }
        JsonNode variables = body.path("variables");
        if (!variables.isMissingNode()
                && (!variables.isArray() || variables.size() > MOST_VARIABLES)) {
            problem("/variables", "Should be an array of at most " + MOST_VARIABLES);
        }
        JsonNode widgets = body.path("widgets");
        if (!widgets.isArray()) {
            problem("/widgets", "Should have required property 'widgets', an array");
        } else if (widgets.size() > MOST_WIDGETS) {
            problem("/widgets", "Should NOT have more than " + MOST_WIDGETS + " items");
        } else {
            for (int i = 0; i < widgets.size(); i++) {
                widget(widgets.get(i), "/widgets/" + i);
            }
        }
    }

    private void widget(JsonNode widget, String at) {
        if (!widget.isObject()) {
            problem(at, "Should be object");
            return;
        }
        String type = widget.path("type").asText("");
        if (!TYPES.contains(type)) {
            problem(at + "/type", "Should be equal to one of the allowed values " + sorted(TYPES));
        }
        range(widget, "x", 0, COLUMNS - 1, at);
        range(widget, "y", 0, Integer.MAX_VALUE, at);
        range(widget, "width", 1, COLUMNS, at);
        range(widget, "height", 1, MOST_ROWS, at);
        if (widget.path("x").asInt() + widget.path("width").asInt(6) > COLUMNS) {
            problem(at, "x and width reach beyond column " + COLUMNS);
        }
        JsonNode properties = widget.path("properties");
        if (!properties.isObject()) {
            problem(at, "Should have required property 'properties'");
            return;
        }
        properties(type, properties, at + "/properties");
    }

    private void properties(String type, JsonNode properties, String at) {
        switch (type) {
            case "metric" -> {
                required(properties, "region", at);
                new GraphRows(this::problem).check(properties, at);
            }
            case "text" -> required(properties, "markdown", at);
            case "log" -> {
                required(properties, "region", at);
                required(properties, "query", at);
            }
            case "alarm" -> {
                if (!properties.path("alarms").isArray()) {
                    problem(at, "Should have required property 'alarms'");
                }
            }
            default -> {}
        }
    }

    private void required(JsonNode holder, String name, String at) {
        JsonNode value = holder.path(name);
        if (value.isMissingNode()) {
            problem(at, "Should have required property '" + name + "'");
        } else if (!value.isTextual() || value.asText().isEmpty()) {
            problem(at + "/" + name, "Should be a string that is not empty");
        }
    }

    private void range(JsonNode widget, String name, int least, int most, String at) {
        JsonNode value = widget.path(name);
        if (!value.isMissingNode()
                && (!value.isIntegralNumber() || value.asLong() < least || value.asLong() > most)) {
            problem(at + "/" + name, "Should be a whole number from " + least + " to " + most);
        }
    }

    private void problem(String path, String message) {
        problems.add(new Problem(path, message));
    }

    private static List<String> sorted(Set<String> values) {
        return values.stream().sorted().toList();
    }
}
