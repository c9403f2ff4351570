package io.sluice.local.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long the texts of answers are, by model id or {@code *}: an answer is repeated until it has
 * so many bytes. Its tokens stay what they were, so that the bill does. Kept in {@code
 * answer-sizes.json} for a restarted server. Used by one thread.
 */
final class AnswerSizes {
    /** What a text may have; Converse itself is bounded by tokens. */
    static final int LARGEST = 16 * 1024 * 1024;

    private final ObjectMapper mapper = new ObjectMapper();
    private final Path file;
    private final Map<String, Integer> sizes = new TreeMap<>();

    AnswerSizes(Path directory) throws IOException {
        file = directory.resolve("answer-sizes.json");
        if (Files.exists(file)) {
            mapper.readTree(Files.readAllBytes(file))
                    .properties()
                    .forEach(entry -> sizes.put(entry.getKey(), entry.getValue().intValue()));
        }
    }

    /**
     * Puts the size of {@code {"model":"id or *","bytes":n}}; 0 for the usual one.
     *
     * @throws IllegalArgumentException with a message fit for the caller
     */
    void put(JsonNode json) throws IOException {
        JsonNode model = json.path("model");
        JsonNode bytes = json.path("bytes");
        if (!model.isTextual() || model.textValue().isBlank()) {
            throw new IllegalArgumentException("model: expected a model id or \"*\"");
        }
        if (!bytes.isInt() || bytes.intValue() < 0 || bytes.intValue() > LARGEST) {
            throw new IllegalArgumentException(
                    "bytes is " + bytes + ", expected a whole number from 0 to " + LARGEST);
        }
        sizes.put(model.textValue(), bytes.intValue());
        Path draft = file.resolveSibling("answer-sizes.json.new");
        Files.write(draft, mapper.writeValueAsBytes(describe()));
        Files.move(
                draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What is in force. */
    ObjectNode describe() {
        ObjectNode json = mapper.createObjectNode();
        sizes.forEach(json::put);
        return json;
    }

    /** The answer in its size. */
    Answer of(String modelId, Answer answer) {
        Integer any = sizes.getOrDefault(Behavior.ANY, 0);
        int bytes =
                sizes.getOrDefault(modelId, sizes.getOrDefault(KnownModels.baseId(modelId), any));
        if (bytes == 0) {
            return answer;
        }
        // The words are ASCII, so that a character is a byte.
        String unit = answer.text() + ' ';
        String text = unit.repeat(bytes / unit.length() + 1).substring(0, bytes);
        return new Answer(text, answer.outputTokens(), answer.stopReason());
    }
}
