package io.sluice.local.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * The checks that Bedrock makes on a Converse body, with the messages it answers (API reference,
 * Converse and its data types).
 */
final class ConverseValidation {

    private static final Set<String> BLOCKS =
            Set.of(
                    "text",
                    "image",
                    "document",
                    "video",
                    "audio",
                    "toolUse",
                    "toolResult",
                    "guardContent",
                    "cachePoint",
                    "reasoningContent",
                    "citationsContent",
                    "searchResult");
    private static final Set<String> SYSTEM_BLOCKS = Set.of("text", "guardContent", "cachePoint");

    private ConverseValidation() {}

    static void messages(JsonNode messages) {
        if (messages.isMissingNode() || messages.isNull()) {
            throw constraint("null", "messages", "Member must not be null");
        }
        list(messages, "messages");
        if (messages.isEmpty()) {
            throw constraint(
                    "[]", "messages", "Member must have length greater than or equal to 1");
        }
        String expectedRole = "user";
        for (int i = 0; i < messages.size(); i++) {
            String role = role(messages.get(i), i);
            if (!role.equals(expectedRole)) {
                throw BedrockException.invalid(
                        i == 0
                                ? "A conversation must start with a user message. Try again with a conversation that starts with a user message."
                                : "A conversation must alternate between user and assistant roles. Make sure the conversation alternates between"
                                        + " user and assistant roles and try again.");
            }
            expectedRole = role.equals("user") ? "assistant" : "user";
            content(messages.get(i).path("content"), i);
        }
    }

    static void system(JsonNode system) {
        if (system.isMissingNode() || system.isNull()) {
            return;
        }
        list(system, "system");
        for (int i = 0; i < system.size(); i++) {
            block(system.get(i), "system." + i, SYSTEM_BLOCKS, "SystemContentBlock");
        }
    }

    /** Checks the inference configuration and gives the most tokens to answer with. */
    static int inferenceConfig(JsonNode config, int modelMaxTokens) {
        if (config.isMissingNode() || config.isNull()) {
            return modelMaxTokens;
        }
        if (!config.isObject()) {
            throw BedrockException.invalid("inferenceConfig is not a JSON object.");
        }
        fraction(config.path("temperature"), "inferenceConfig.temperature");
        fraction(config.path("topP"), "inferenceConfig.topP");
        stopSequences(config.path("stopSequences"));
        JsonNode maxTokens = config.path("maxTokens");
        if (maxTokens.isMissingNode() || maxTokens.isNull()) {
            return modelMaxTokens;
        }
        if (!maxTokens.isIntegralNumber() || !maxTokens.canConvertToInt()) {
            throw BedrockException.invalid(
                    "inferenceConfig.maxTokens can not be converted to Integer.");
        }
        if (maxTokens.intValue() < 1) {
            throw constraint(
                    maxTokens.toString(),
                    "inferenceConfig.maxTokens",
                    "Member must have value greater than or equal to 1");
        }
        if (maxTokens.intValue() > modelMaxTokens) {
            throw BedrockException.invalid(
                    "The maximum tokens you requested exceeds the model limit of "
                            + modelMaxTokens
                            + ". Try again with a maximum tokens value that is lower than "
                            + modelMaxTokens
                            + ".");
        }
        return maxTokens.intValue();
    }

    private static String role(JsonNode message, int index) {
        if (!message.isObject()) {
            throw BedrockException.invalid("messages." + index + " is not a JSON object.");
        }
        String at = "messages." + (index + 1) + ".member.role";
        JsonNode role = message.path("role");
        if (role.isMissingNode() || role.isNull()) {
            throw constraint("null", at, "Member must not be null");
        }
        String text = role.asText();
        if (!text.equals("user") && !text.equals("assistant")) {
            throw constraint(text, at, "Member must satisfy enum value set: [user, assistant]");
        }
        return text;
    }

    private static void content(JsonNode content, int message) {
        String at = "messages." + message + ".content";
        if (content.isMissingNode() || content.isNull()) {
            throw constraint(
                    "null",
                    "messages." + (message + 1) + ".member.content",
                    "Member must not be null");
        }
        list(content, at);
        if (content.isEmpty()) {
            throw BedrockException.invalid(
                    "The content field in the Message object at messages."
                            + message
                            + " is empty. Add a ContentBlock object to the content field and try again.");
        }
        for (int i = 0; i < content.size(); i++) {
            block(content.get(i), at + "." + i, BLOCKS, "ContentBlock");
        }
    }

    private static void block(JsonNode block, String at, Set<String> kinds, String shape) {
        if (!block.isObject() || block.size() != 1 || !kinds.contains(block.fieldNames().next())) {
            throw BedrockException.invalid(
                    "The "
                            + shape
                            + " object at "
                            + at
                            + " must set one of the following keys: "
                            + String.join(", ", kinds.stream().sorted().toList())
                            + ".");
        }
        JsonNode text = block.path("text");
        if (!text.isMissingNode() && !text.isTextual()) {
            throw BedrockException.invalid(at + ".text can not be converted to String.");
        }
        if (text.isTextual() && text.textValue().isBlank()) {
            throw BedrockException.invalid(
                    "The text field in the "
                            + shape
                            + " object at "
                            + at
                            + " is blank. Add text to the text field, and try again.");
        }
    }

    private static void stopSequences(JsonNode stops) {
        if (stops.isMissingNode() || stops.isNull()) {
            return;
        }
        list(stops, "inferenceConfig.stopSequences");
        for (JsonNode stop : stops) {
            if (!stop.isTextual() || stop.textValue().isEmpty()) {
                throw BedrockException.invalid(
                        "inferenceConfig.stopSequences holds "
                                + stop
                                + "; every stop sequence must be a non-empty String.");
            }
        }
    }

    private static void fraction(JsonNode value, String at) {
        if (value.isMissingNode() || value.isNull()) {
            return;
        }
        if (!value.isNumber()) {
            throw BedrockException.invalid(at + " can not be converted to Float.");
        }
        if (value.doubleValue() < 0) {
            throw constraint(
                    value.toString(), at, "Member must have value greater than or equal to 0");
        }
        if (value.doubleValue() > 1) {
            throw constraint(
                    value.toString(), at, "Member must have value less than or equal to 1");
        }
    }

    private static void list(JsonNode value, String at) {
        if (!value.isArray()) {
            throw BedrockException.invalid(at + " is not a JSON array.");
        }
    }

    private static BedrockException constraint(String value, String at, String rule) {
        String shown = value.length() <= 100 ? value : value.substring(0, 100);
        return BedrockException.invalid(
                "1 validation error detected: Value '"
                        + shown
                        + "' at '"
                        + at
                        + "' failed to satisfy constraint: "
                        + rule);
    }
}
