package io.sluice.pipeline.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Names;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.MalformedJsonException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a prompt behind those of the turns before it. Roles alternate, as models demand:
 * neighbours of one role become one message with the blocks of both.
 */
final class Conversation {
    private Conversation() {}

    /**
     * The messages to send; the prompt's own, unchanged, if nothing was said before.
     *
     * @throws MalformedJsonException if a turn has no list of messages
     */
    static JsonNode messages(List<String> earlierTurns, JsonNode prompt) {
        JsonNode own = prompt.path("messages");
        if (earlierTurns.isEmpty()) {
            return own;
        }
        ArrayNode messages = Json.object().putArray("messages");
        for (String turn : earlierTurns) {
            append(messages, Json.parse(turn).path("messages"));
        }
        append(messages, own);
        return messages;
    }

    private static void append(ArrayNode messages, JsonNode more) {
        if (!more.isArray()) {
            throw new MalformedJsonException(
                    Names.PAYLOAD_ERROR + ": seen a turn without messages, expected a list");
        }
        for (JsonNode message : more) {
            JsonNode last = messages.path(messages.size() - 1);
            if (mergeable(last, message)) {
                ((ArrayNode) last.get("content")).addAll((ArrayNode) message.get("content"));
            } else {
                messages.add(message);
            }
        }
    }

    /** What is no message at all goes on as it is, to be refused by name where blocks are read. */
    private static boolean mergeable(@Nullable JsonNode last, JsonNode message) {
        return last instanceof ObjectNode
                && last.path("role").equals(message.path("role"))
                && last.path("content").isArray()
                && message.path("content").isArray();
    }
}
