package io.sluice.local.bedrock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the body of a Converse call says to the model, after the checks that the service makes.
 *
 * @param inputTokens tokens of the messages and the system prompt: a quarter of the UTF-8 bytes,
 *     rounded up, and 4 per message or system block
 * @param maxTokens most output tokens to give
 * @param stopSequences texts that end the answer
 * @param hash of the model id and everything the model sees; equal calls have equal hashes
 */
record ConverseRequest(int inputTokens, int maxTokens, List<String> stopSequences, long hash) {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    private static final int TOKENS_PER_BLOCK = 4;

    /**
     * Reads and checks a body.
     *
     * @throws BedrockException ValidationException with the service's message
     */
    static ConverseRequest read(String modelId, int modelMaxTokens, byte[] body) {
        JsonNode json = parse(body);
        ConverseValidation.messages(json.path("messages"));
        ConverseValidation.system(json.path("system"));
        JsonNode config = json.path("inferenceConfig");
        int maxTokens = ConverseValidation.inferenceConfig(config, modelMaxTokens);
        List<String> stops = new ArrayList<>();
        config.path("stopSequences").forEach(stop -> stops.add(stop.textValue()));
        return new ConverseRequest(inputTokens(json), maxTokens, stops, hash(modelId, json));
    }

    private static JsonNode parse(byte[] body) {
        JsonNode json;
        try {
            json = MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw BedrockException.invalid(
                    "The request body is not valid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw BedrockException.invalid("The request body cannot be read: " + e.getMessage());
        }
        if (!json.isObject()) {
            throw BedrockException.invalid("The request body is not a JSON object.");
        }
        return json;
    }

    private static int inputTokens(JsonNode json) {
        long bytes = 0;
        int blocks = 0;
        for (JsonNode message : json.path("messages")) {
            blocks++;
            for (JsonNode block : message.path("content")) {
                bytes += size(block);
            }
        }
        for (JsonNode block : json.path("system")) {
            blocks++;
            bytes += size(block);
        }
        return Math.toIntExact((bytes + 3) / 4 + (long) TOKENS_PER_BLOCK * blocks);
    }

    private static long size(JsonNode block) {
        String text = block.path("text").asText(block.has("cachePoint") ? "" : block.toString());
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static long hash(String modelId, JsonNode json) {
        try {
            List<Object> seen = new ArrayList<>();
            seen.add(modelId);
            for (String part :
                    new String[] {
                        "messages",
                        "system",
                        "inferenceConfig",
                        "toolConfig",
                        "additionalModelRequestFields"
                    }) {
                JsonNode value = json.path(part);
                seen.add(
                        value.isMissingNode() || value.isNull()
                                ? ""
                                : MAPPER.treeToValue(value, Object.class));
            }
            return Hash.of(MAPPER.writeValueAsBytes(seen));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can always be written", e);
        }
    }
}
