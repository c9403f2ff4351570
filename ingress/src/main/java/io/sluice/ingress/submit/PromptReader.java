package io.sluice.ingress.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.contract.policy.ResolvedPolicy;
import io.sluice.ingress.body.Body;
import io.sluice.ingress.body.BodyFields;
import java.util.List;
import java.util.Set;

/** Checks the part of a body that goes to the model, and brings it into its normal form. */
final class PromptReader {
    /** The fields it reads. */
    static final Set<String> FIELDS =
            Set.of(
                    "messages",
                    "system",
                    "max_tokens",
                    "temperature",
                    "top_p",
                    "stop",
                    "tools",
                    "tool_choice",
                    "response_format");

    private static final int MOST_MESSAGES = 10_000;
    private static final int MOST_STOPS = 16;
    private static final int MOST_STOP_CHARACTERS = 256;
    private static final Set<String> ROLES = Set.of("user", "assistant");
    private static final Set<String> FORMATS = Set.of("text", "json_object", "json_schema");

    private PromptReader() {}

    /** The normal form, not yet sorted; what may be asked for is the tenant's policy. */
    static ObjectNode read(BodyFields body, ResolvedPolicy policy) {
        ObjectNode prompt = Json.object();
        prompt.set("messages", messages(body));
        if (body.has("system")) {
            prompt.set("system", ContentReader.system("system", body.required("system")));
        }
        prompt.put(
                "max_tokens",
                body.number("max_tokens", 1, policy.maxTokensCeiling(), policy.maxTokensDefault()));
        setIfPresent(prompt, "temperature", body.optionalFraction("temperature"));
        setIfPresent(prompt, "top_p", body.optionalFraction("top_p"));
        stops(body, prompt);
        ToolsReader.read(body, prompt);
        JsonNode format = body.optional("response_format");
        if (format != null) {
            BodyFields fields = BodyFields.of("response_format", format);
            String type = fields.text("type", 32);
            if (!FORMATS.contains(type)) {
                throw fields.wrong("type", "expected text, json_object or json_schema");
            }
            prompt.set("response_format", format);
        }
        return prompt;
    }

    private static ArrayNode messages(BodyFields body) {
        body.required("messages");
        List<JsonNode> given = body.list("messages", MOST_MESSAGES);
        if (given.isEmpty()) {
            throw body.wrong("messages", "the list is empty, expected at least one message");
        }
        ArrayNode messages = Json.object().arrayNode(given.size());
        String before = "assistant";
        for (int i = 0; i < given.size(); i++) {
            String path = "messages[" + i + "]";
            BodyFields message = BodyFields.of(path, given.get(i)).only(Set.of("role", "content"));
            String role = message.text("role", 32);
            if (!ROLES.contains(role)) {
                throw message.wrong("role", "expected user or assistant");
            }
            if (role.equals(before)) {
                throw Body.refused(
                        path
                                + ".role: roles must alternate and begin with user, seen "
                                + role
                                + (i == 0 ? " first." : " twice in a row."));
            }
            before = role;
            messages.addObject()
                    .put("role", role)
                    .set(
                            "content",
                            ContentReader.content(path + ".content", message.required("content")));
        }
        return messages;
    }

    private static void stops(BodyFields body, ObjectNode prompt) {
        List<JsonNode> stops = body.list("stop", MOST_STOPS);
        if (stops.isEmpty()) {
            return;
        }
        ArrayNode list = prompt.putArray("stop");
        for (int i = 0; i < stops.size(); i++) {
            list.add(BodyFields.textOf("stop[" + i + "]", stops.get(i), MOST_STOP_CHARACTERS));
        }
    }

    private static void setIfPresent(
            ObjectNode prompt, String name, @org.jspecify.annotations.Nullable JsonNode value) {
        if (value != null) {
            prompt.set(name, value);
        }
    }
}
