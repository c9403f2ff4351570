package io.sluice.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Names;

/**
 * The text form of a prompt: what the invoker sends to the model, in the field names of the submit
 * call and with content always a list of blocks.
 *
 * <pre>
 * {"messages":[{"role":"user","content":[{"text":"…"}]}], "system":[{"text":"…"}], "max_tokens":512,
 *  "temperature":0, "top_p":1, "stop":["…"],
 *  "tools":[{"name":"…","description":"…","input_schema":{…}}], "tool_choice":"auto" | "any" | {"name":"…"},
 *  "response_format":{…}}
 * </pre>
 *
 * <p>Only {@code messages} and {@code max_tokens} are always there. Content blocks are in the JSON
 * of Bedrock Converse.
 */
public final class PromptPayload {
    private PromptPayload() {}

    /** A prompt of one user message, as tests and the demo need it. */
    public static String ofUserText(String text, long maxTokens) {
        ObjectNode node = Json.object();
        ObjectNode message = node.putArray("messages").addObject().put("role", "user");
        message.putArray("content").addObject().put("text", text);
        return Json.text(node.put("max_tokens", maxTokens));
    }

    /** The prompt as a tree; throws {@link MalformedJsonException} if it is none. */
    public static JsonNode read(String payload) {
        JsonNode node = Json.parse(payload);
        Fields fields = Fields.of(Names.PAYLOAD_ERROR, node);
        fields.number("max_tokens");
        fields.list("messages", message -> message.text("role"));
        return node;
    }
}
