package io.sluice.pipeline.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.ServiceTier;
import io.sluice.contract.Usage;
import io.sluice.contract.json.AnswerPayload;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.PromptPayload;
import io.sluice.contract.policy.ModelFamily;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/**
 * A prompt as a Converse request, and a Converse response as an answer. Content blocks pass as they
 * are; the other fields are renamed to Bedrock's.
 */
final class ConverseMapping {
    private ConverseMapping() {}

    /**
     * The request of a call; {@code maxTokens} is always set, because Bedrock reserves the model's
     * maximum otherwise. Throws {@link io.sluice.contract.json.MalformedJsonException} if the
     * payload is no prompt.
     */
    static ConverseRequest request(ModelCall call) {
        JsonNode prompt = PromptPayload.read(call.payload());
        ObjectNode body = Json.object();
        body.set("messages", Conversation.messages(call.earlierTurns(), prompt));
        copy(prompt, "system", body, "system");
        body.set("inferenceConfig", inferenceConfig(prompt));
        if (isPresent(prompt.get("tools"))) {
            body.set("toolConfig", toolConfig(prompt));
        }
        ConverseRequest.Builder builder = ConverseRequest.builder();
        SdkJson.fill(builder, body, "prompt");
        JsonNode format = prompt.get("response_format");
        if (isPresent(format) && !"text".equals(format.path("type").asText())) {
            // Converse has no such field; models that know it take it among their own.
            ObjectNode ownFields = Json.object();
            ownFields.set("response_format", format);
            builder.additionalModelRequestFields(SdkJson.document(ownFields));
        }
        if (call.target().tier() != ServiceTier.DEFAULT) {
            String tier = call.target().tier().wireName();
            builder.serviceTier(wanted -> wanted.type(tier));
        }
        return builder.modelId(call.model())
                .requestMetadata(Map.of("tenantId", call.tenantId(), "requestId", call.requestId()))
                .build();
    }

    /** The answer of a response that a model of that id gave. */
    static ModelReply reply(ConverseResponse response, String modelId) {
        StringBuilder text = new StringBuilder();
        ObjectNode blocks = Json.object();
        boolean onlyText = true;
        for (ContentBlock block : response.output().message().content()) {
            if (block.text() == null) {
                onlyText = false;
            } else {
                text.append(block.text());
            }
            blocks.withArray("content").add(SdkJson.of(block));
        }
        String stopReason = String.valueOf(response.stopReasonAsString());
        String payload =
                onlyText
                        ? AnswerPayload.ofText(text.toString(), stopReason)
                        : AnswerPayload.ofContent(
                                text.toString(), stopReason, blocks.get("content"));
        return new ModelReply(payload, stopReason, usage(response.usage(), modelId));
    }

    /**
     * What a call used, null if the response does not say. This version of the SDK asks for no
     * caching by the hour and reads no {@code cacheDetails}, so nothing is written for so long.
     */
    private static @Nullable Usage usage(@Nullable TokenUsage usage, String modelId) {
        if (usage == null) {
            return null;
        }
        return new ReportedUsage(
                        usage.inputTokens(),
                        usage.outputTokens(),
                        usage.cacheReadInputTokens(),
                        usage.cacheWriteInputTokens(),
                        null)
                .normalised(UsageConvention.of(ModelFamily.ofId(modelId), false))
                .orElse(null);
    }

    private static ObjectNode inferenceConfig(JsonNode prompt) {
        ObjectNode config = Json.object();
        config.set("maxTokens", prompt.get("max_tokens"));
        copy(prompt, "temperature", config, "temperature");
        copy(prompt, "top_p", config, "topP");
        copy(prompt, "stop", config, "stopSequences");
        return config;
    }

    private static ObjectNode toolConfig(JsonNode prompt) {
        ObjectNode config = Json.object();
        for (JsonNode tool : prompt.get("tools")) {
            ObjectNode spec = config.withArray("tools").addObject().putObject("toolSpec");
            copy(tool, "name", spec, "name");
            copy(tool, "description", spec, "description");
            if (isPresent(tool.get("input_schema"))) {
                spec.putObject("inputSchema").set("json", tool.get("input_schema"));
            }
        }
        JsonNode choice = prompt.get("tool_choice");
        if (isPresent(choice)) {
            ObjectNode toolChoice = config.putObject("toolChoice");
            if (choice.isObject()) {
                toolChoice.set("tool", choice);
            } else {
                toolChoice.putObject(choice.asText());
            }
        }
        return config;
    }

    private static void copy(JsonNode from, String name, ObjectNode to, String newName) {
        JsonNode value = from.get(name);
        if (isPresent(value)) {
            to.set(newName, value);
        }
    }

    private static boolean isPresent(@Nullable JsonNode node) {
        return node != null && !node.isNull();
    }
}
