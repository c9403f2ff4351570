package io.sluice.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * The text of a conversation's turn: {@code {"messages":[…]}}, the user's messages and then the
 * assistant's answer, in the form that {@link PromptPayload} gives messages. If one of the two is
 * sealed or too large to travel, {@code {"prompt":"…","answer":"…"}}: both payloads as they are, of
 * which at least one is opaque.
 */
public final class TurnPayload {
    private TurnPayload() {}

    /**
     * The turn of a prompt and its answer. A missing or empty answer leaves the prompt alone; what
     * cannot be read gives no message, so that one record never stops a tenant. What is sealed or a
     * reference stays it.
     */
    public static String of(String prompt, @Nullable String answer) {
        if (SealedText.isOpaque(prompt) || SealedText.isOpaque(answer)) {
            return Json.text(Json.object().put("prompt", prompt).put("answer", answer));
        }
        JsonNode asked = read(prompt).path("messages");
        ObjectNode turn = Json.object();
        ArrayNode messages = turn.putArray("messages");
        asked.forEach(messages::add);
        JsonNode given = answer == null ? Json.object() : read(answer);
        String text = given.path("text").asText();
        if (given.path("content").isArray()) {
            messages.addObject().put("role", "assistant").set("content", given.get("content"));
        } else if (!text.isEmpty()) {
            messages.addObject()
                    .put("role", "assistant")
                    .putArray("content")
                    .addObject()
                    .put("text", text);
        }
        return Json.text(turn);
    }

    /** Whether a turn holds its prompt and its answer as payloads, at least one opaque. */
    public static boolean isOpaque(String turn) {
        return turn.startsWith("{\"prompt\":");
    }

    /** The prompt's payload of a turn that is opaque. */
    public static String promptOf(String turn) {
        return Fields.of("turn", Json.parse(turn)).text("prompt");
    }

    /** The answer's payload of a turn that is opaque; null if there was none. */
    public static @Nullable String answerOf(String turn) {
        return Fields.of("turn", Json.parse(turn)).optionalText("answer");
    }

    private static JsonNode read(String text) {
        try {
            return Json.parse(text);
        } catch (MalformedJsonException e) {
            return Json.object();
        }
    }
}
