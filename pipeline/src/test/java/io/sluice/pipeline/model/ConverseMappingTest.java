package io.sluice.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.Target;
import io.sluice.contract.Usage;
import io.sluice.contract.json.AnswerPayload;
import io.sluice.contract.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

class ConverseMappingTest {
    private static ConverseRequest request(String payload) {
        return ConverseMapping.request(
                new ModelCall("acme", "req_1", Target.of("model"), List.of(), payload, 0));
    }

    @Test
    void everyFieldOfAPromptArrives() {
        ConverseRequest request =
                request(
                        """
                        {"messages":[{"role":"user","content":[{"text":"hi"},
                          {"image":{"format":"png","source":{"bytes":"aGk="}}},
                          {"cachePoint":{"type":"default"}}]}],
                         "system":[{"text":"be brief"}], "max_tokens":512, "temperature":0.5,
                         "top_p":1, "stop":["END"],
                         "tools":[{"name":"f","description":"d","input_schema":{"type":"object"}}],
                         "tool_choice":{"name":"f"},
                         "response_format":{"type":"json_object"}}
                        """);

        assertThat(request.modelId()).isEqualTo("model");
        assertThat(request.requestMetadata())
                .isEqualTo(Map.of("tenantId", "acme", "requestId", "req_1"));
        assertThat(request.messages().get(0).roleAsString()).isEqualTo("user");
        assertThat(request.messages().get(0).content().get(1).image().source().bytes())
                .isEqualTo(SdkBytes.fromString("hi", StandardCharsets.UTF_8));
        assertThat(request.messages().get(0).content().get(2).cachePoint().typeAsString())
                .isEqualTo("default");
        assertThat(request.system().get(0).text()).isEqualTo("be brief");
        assertThat(request.inferenceConfig().maxTokens()).isEqualTo(512);
        assertThat(request.inferenceConfig().temperature()).isEqualTo(0.5f);
        assertThat(request.inferenceConfig().topP()).isEqualTo(1f);
        assertThat(request.inferenceConfig().stopSequences()).containsExactly("END");
        assertThat(request.toolConfig().tools().get(0).toolSpec().inputSchema().json())
                .isEqualTo(Document.mapBuilder().putString("type", "object").build());
        assertThat(request.toolConfig().toolChoice().tool().name()).isEqualTo("f");
        assertThat(
                        request.additionalModelRequestFields()
                                .asMap()
                                .get("response_format")
                                .asMap()
                                .get("type")
                                .asString())
                .isEqualTo("json_object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "any"})
    void toolChoiceByWordArrives(String word) {
        ConverseRequest request =
                request(
                        """
                        {"messages":[{"role":"user","content":[{"text":"hi"}]}],"max_tokens":1,
                         "tools":[{"name":"f","input_schema":{}}],"tool_choice":"%s"}
                        """
                                .formatted(word));

        assertThat(request.toolConfig().toolChoice().auto() != null).isEqualTo(word.equals("auto"));
        assertThat(request.toolConfig().toolChoice().any() != null).isEqualTo(word.equals("any"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "[]",
                "{\"max_tokens\":1}",
                "{\"messages\":[],\"max_tokens\":\"many\"}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"text\"}],\"max_tokens\":1}",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"sound\":{}}]}],\"max_tokens\":1}",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"image\":{\"format\":\"png\","
                        + "\"source\":{\"bytes\":\"!\"}}}]}],\"max_tokens\":1}",
            })
    void whatIsNoPromptIsRefusedByName(String payload) {
        assertThatThrownBy(() -> request(payload)).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void blocksOtherThanTextAreKept() {
        ModelReply reply =
                ConverseMapping.reply(
                        ConverseResponse.builder()
                                .output(
                                        o ->
                                                o.message(
                                                        m ->
                                                                m.role("assistant")
                                                                        .content(
                                                                                ContentBlock
                                                                                        .fromText(
                                                                                                "see"),
                                                                                toolUse())))
                                .stopReason("tool_use")
                                .usage(
                                        u ->
                                                u.inputTokens(5)
                                                        .outputTokens(6)
                                                        .cacheReadInputTokens(7)
                                                        .cacheWriteInputTokens(8))
                                .build(),
                        "anthropic.claude-sonnet-4-6");

        assertThat(AnswerPayload.read(reply.payload()).get("content").toString())
                .isEqualTo(
                        "[{\"text\":\"see\"},{\"toolUse\":{\"toolUseId\":\"1\",\"name\":\"f\","
                                + "\"input\":{\"n\":1.5,\"s\":\"\\\"\",\"l\":[true,null]}}}]");
        assertThat(AnswerPayload.read(reply.payload()).get("text").asText()).isEqualTo("see");
        assertThat(reply.usage())
                .isEqualTo(
                        Usage.builder()
                                .inputTokens(5)
                                .outputTokens(6)
                                .cacheReadTokens(7)
                                .cacheWriteTokens(8)
                                .build());
    }

    @Test
    void answerWithoutCountsIsNotOneOfNoTokens() {
        assertThat(reply(null).usage()).isNull();
        assertThat(reply(TokenUsage.builder().inputTokens(1).build()).usage()).isNull();
        assertThat(reply(TokenUsage.builder().inputTokens(0).outputTokens(0).build()).usage())
                .isEqualTo(Usage.NONE);
    }

    private static ModelReply reply(TokenUsage usage) {
        return ConverseMapping.reply(
                ConverseResponse.builder()
                        .output(o -> o.message(m -> m.content(ContentBlock.fromText("see"))))
                        .stopReason("end_turn")
                        .usage(usage)
                        .build(),
                "openai.gpt-oss-120b-1:0");
    }

    private static ContentBlock toolUse() {
        Document input =
                Document.mapBuilder()
                        .putNumber("n", "1.5")
                        .putString("s", "\"")
                        .putList("l", l -> l.addBoolean(true).addNull())
                        .build();
        return ContentBlock.fromToolUse(t -> t.toolUseId("1").name("f").input(input));
    }
}
