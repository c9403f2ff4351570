package io.sluice.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Names;
import org.jspecify.annotations.Nullable;

/**
 * The text form of an answer: {@code {"text":"…","stop_reason":"end_turn","content":[…]}}. {@code
 * text} joins the text blocks; {@code content} holds all blocks in the provider's JSON and is there
 * only if one of them is not text.
 */
public final class AnswerPayload {
    private AnswerPayload() {}

    /** An answer of plain text. */
    public static String ofText(String text, String stopReason) {
        return Json.text(Json.object().put("text", text).put("stop_reason", stopReason));
    }

    /**
     * An answer with blocks that are not text; {@code content} is the provider's list of blocks.
     */
    public static String ofContent(String text, String stopReason, JsonNode content) {
        ObjectNode node = Json.object().put("text", text).put("stop_reason", stopReason);
        node.set("content", content);
        return Json.text(node);
    }

    /**
     * Why the model stopped, of an answer in full, sealed or by reference; null if it does not say.
     * Throws {@link MalformedJsonException} if the payload is none of them.
     */
    public static @Nullable String stopReason(String payload) {
        if (SealedText.isSealed(payload)) {
            return SealedText.header(payload).stopReason();
        }
        return PayloadReferenceJson.isReference(payload)
                ? PayloadReferenceJson.read(payload).stopReason()
                : read(payload).path("stop_reason").asText(null);
    }

    /** The answer as a tree; throws {@link MalformedJsonException} if it is none. */
    public static JsonNode read(String payload) {
        JsonNode node = Json.parse(payload);
        Fields.of(Names.PAYLOAD_ERROR, node).text("text");
        return node;
    }
}
