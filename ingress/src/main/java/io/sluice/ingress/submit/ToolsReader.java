package io.sluice.ingress.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.ingress.body.Body;
import io.sluice.ingress.body.BodyFields;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The tools a model may call, {@code {"name","description","input_schema"}}, and which of them it
 * must: {@code "auto"}, {@code "any"} or {@code {"name":…}}.
 */
final class ToolsReader {
    private static final int MOST_TOOLS = 128;
    private static final int MOST_DESCRIPTION_CHARACTERS = 16_384;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    private ToolsReader() {}

    static void read(BodyFields body, ObjectNode prompt) {
        Set<String> names = new HashSet<>();
        List<JsonNode> tools = body.list("tools", MOST_TOOLS);
        if (!tools.isEmpty()) {
            ArrayNode list = prompt.putArray("tools");
            for (int i = 0; i < tools.size(); i++) {
                list.add(tool("tools[" + i + "]", tools.get(i), names));
            }
        }
        JsonNode choice = body.optional("tool_choice");
        if (choice != null) {
            prompt.set("tool_choice", choice(choice, names));
        }
    }

    private static JsonNode tool(String path, JsonNode node, Set<String> names) {
        BodyFields tool =
                BodyFields.of(path, node).only(Set.of("name", "description", "input_schema"));
        String name = tool.text("name", 64);
        if (!NAME.matcher(name).matches()) {
            throw tool.wrong("name", "expected a string that matches " + NAME.pattern());
        }
        if (!names.add(name)) {
            throw tool.wrong("name", "another tool has this name");
        }
        tool.optionalText("description", MOST_DESCRIPTION_CHARACTERS);
        BodyFields.of(path + ".input_schema", tool.required("input_schema"));
        ObjectNode normal = ((ObjectNode) node).deepCopy();
        if (!tool.has("description")) {
            normal.remove("description");
        }
        return normal;
    }

    private static JsonNode choice(JsonNode choice, Set<String> names) {
        if (names.isEmpty()) {
            throw Body.refused("tool_choice: there are no tools to choose from.");
        }
        if (choice.isTextual()) {
            if (!Set.of("auto", "any").contains(choice.textValue())) {
                throw Body.refused("tool_choice: expected auto, any or {\"name\": …}.");
            }
            return choice;
        }
        BodyFields fields = BodyFields.of("tool_choice", choice).only(Set.of("name"));
        if (!names.contains(fields.text("name", 64))) {
            throw fields.wrong("name", "no tool has this name");
        }
        return choice;
    }
}
