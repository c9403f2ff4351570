package io.sluice.ingress.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.ingress.body.Body;
import io.sluice.ingress.body.BodyFields;
import java.util.Set;

/**
 * Content of messages: a text, or a list of blocks in the JSON of Bedrock Converse ({@code text},
 * {@code toolUse}, {@code toolResult}). Text blocks may also come as {@code
 * {"type":"text","text":…}}. The normal form is always a list.
 */
final class ContentReader {
    private static final int MOST_CHARACTERS = Integer.MAX_VALUE;
    private static final int MOST_BLOCKS = 10_000;

    private ContentReader() {}

    /** Content of a message. */
    static ArrayNode content(String path, JsonNode content) {
        return blocks(path, content, true);
    }

    /** A system prompt: text only. */
    static ArrayNode system(String path, JsonNode content) {
        return blocks(path, content, false);
    }

    private static ArrayNode blocks(String path, JsonNode content, boolean toolsAllowed) {
        ArrayNode blocks = Json.object().arrayNode();
        if (content.isTextual()) {
            blocks.addObject().put("text", BodyFields.textOf(path, content, MOST_CHARACTERS));
            return blocks;
        }
        if (!content.isArray()) {
            throw Body.refused(
                    path
                            + ": seen "
                            + BodyFields.kind(content)
                            + ", expected a string or a list of content blocks.");
        }
        if (content.isEmpty() || content.size() > MOST_BLOCKS) {
            throw Body.refused(
                    path
                            + ": seen "
                            + content.size()
                            + " content blocks, expected 1 to "
                            + MOST_BLOCKS
                            + ".");
        }
        for (int i = 0; i < content.size(); i++) {
            blocks.add(block(path + '[' + i + ']', content.get(i), toolsAllowed));
        }
        return blocks;
    }

    private static ObjectNode block(String path, JsonNode node, boolean toolsAllowed) {
        BodyFields block = BodyFields.of(path, node);
        if (block.has("text")) {
            block.only(Set.of("type", "text"));
            if (block.has("type") && !block.text("type", 32).equals("text")) {
                throw block.wrong("type", "expected text");
            }
            return Json.object().put("text", block.text("text", MOST_CHARACTERS));
        }
        if (toolsAllowed && block.has("toolUse")) {
            block.only(Set.of("toolUse"));
            return toolUse(path, node);
        }
        if (toolsAllowed && block.has("toolResult")) {
            block.only(Set.of("toolResult"));
            return toolResult(path, node);
        }
        throw Body.refused(
                path
                        + ": expected a block with "
                        + (toolsAllowed ? "text, toolUse or toolResult." : "text."));
    }

    private static ObjectNode toolUse(String path, JsonNode node) {
        BodyFields use =
                BodyFields.of(path + ".toolUse", node.get("toolUse"))
                        .only(Set.of("toolUseId", "name", "input"));
        use.text("toolUseId", 64);
        use.text("name", 64);
        BodyFields.of(use.path() + ".input", use.required("input"));
        ObjectNode block = Json.object();
        block.set("toolUse", use.node());
        return block;
    }

    private static ObjectNode toolResult(String path, JsonNode node) {
        BodyFields result =
                BodyFields.of(path + ".toolResult", node.get("toolResult"))
                        .only(Set.of("toolUseId", "content", "status"));
        ObjectNode normal = Json.object().put("toolUseId", result.text("toolUseId", 64));
        ArrayNode content = normal.putArray("content");
        result.required("content");
        for (JsonNode part : result.list("content", MOST_BLOCKS)) {
            BodyFields fields =
                    BodyFields.of(result.path() + ".content[]", part).only(Set.of("text", "json"));
            if (fields.has("text") == fields.has("json")) {
                throw Body.refused(fields.path() + ": expected either text or json.");
            }
            if (fields.has("text")) {
                content.addObject().put("text", fields.text("text", MOST_CHARACTERS));
            } else {
                content.addObject().set("json", fields.required("json"));
            }
        }
        String status = result.optionalText("status", 16);
        if (status != null) {
            if (!Set.of("success", "error").contains(status)) {
                throw result.wrong("status", "expected success or error");
            }
            normal.put("status", status);
        }
        ObjectNode block = Json.object();
        block.set("toolResult", normal);
        return block;
    }
}
