package io.sluice.local.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InternalServerException;
import software.amazon.awssdk.services.bedrockruntime.model.StopReason;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

class ConverseITCase {

    @TempDir Path dir;
    private BedrockServer server;
    private Steering steering;
    private BedrockRuntimeAsyncClient client;

    @BeforeEach
    void start() throws IOException {
        server = BedrockServer.start(Settings.in(dir));
        steering = new Steering(server.endpoint());
        client = Sdk.client(server.endpoint(), Protocol.HTTP1_1);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Protocol.class,
            names = {"HTTP1_1", "HTTP2"})
    void sameRequestGetsTheSameAnswerOverEitherProtocol(Protocol protocol) {
        try (BedrockRuntimeAsyncClient other = Sdk.client(server.endpoint(), protocol)) {
            ConverseResponse first =
                    client.converse(Sdk.ask(Sdk.HAIKU, "What is a hold?", 4000)).join();
            ConverseResponse second =
                    other.converse(Sdk.ask(Sdk.HAIKU, "What is a hold?", 4000)).join();
            assertThat(second.output()).isEqualTo(first.output());
            assertThat(second.usage()).isEqualTo(first.usage());
            assertThat(first.stopReason()).isEqualTo(StopReason.END_TURN);
            assertThat(first.usage().totalTokens())
                    .isEqualTo(first.usage().inputTokens() + first.usage().outputTokens());
            assertThat(first.responseMetadata().requestId()).isNotBlank();
        }
    }

    @Test
    void answersDependOnPromptAndModel() {
        String a = text(client.converse(Sdk.ask(Sdk.HAIKU, "a", 4000)).join());
        String b = text(client.converse(Sdk.ask(Sdk.HAIKU, "b", 4000)).join());
        String c = text(client.converse(Sdk.ask("amazon.nova-micro-v1:0", "a", 4000)).join());
        assertThat(List.of(a, b, c)).doesNotHaveDuplicates();
    }

    @Test
    void answerIsCutAtMaxTokens() {
        ConverseResponse response = client.converse(Sdk.ask(Sdk.HAIKU, "long please", 3)).join();
        assertThat(response.stopReason()).isEqualTo(StopReason.MAX_TOKENS);
        assertThat(response.usage().outputTokens()).isEqualTo(3);
        assertThat(text(response).split(" ")).hasSize(3);
    }

    @Test
    void inputTokensFollowTheLengthOfTheInput() {
        int few =
                client.converse(Sdk.ask(Sdk.HAIKU, "x".repeat(40), 9)).join().usage().inputTokens();
        int many =
                client.converse(Sdk.ask(Sdk.HAIKU, "x".repeat(400), 9))
                        .join()
                        .usage()
                        .inputTokens();
        assertThat(few).isEqualTo(14);
        assertThat(many).isEqualTo(104);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anthropic.claude-3-haiku-20240307-v1:0",
                "global.anthropic.claude-sonnet-4-5-20250929-v1:0",
                "eu.amazon.nova-lite-v1:0",
                "arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.meta.llama3-3-70b-instruct-v1:0",
                "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc123"
            })
    void everyFormOfAKnownModelIsServed(String model) {
        assertThat(client.converse(Sdk.ask(model, "hello", 5)).join().usage().outputTokens())
                .isEqualTo(5);
        assertThat(steering.callsOf(model)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "anthropic.claude-99", "xx.amazon.nova-lite-v1:0", "a b"})
    void unknownModelIsAValidationErrorAndNoCall(String model) {
        assertThatThrownBy(() -> client.converse(Sdk.ask(model, "hello", 5)).join())
                .hasCauseInstanceOf(ValidationException.class);
        assertThat(steering.calls()).isZero();
    }

    @Test
    void throttledCallsAreCountedApart() {
        steering.put("{\"model\":\"*\",\"throttle_every\":3}");
        int throttled = 0;
        for (int i = 0; i < 9; i++) {
            try {
                client.converse(Sdk.ask(Sdk.HAIKU, "p" + i, 5)).join();
            } catch (RuntimeException e) {
                assertThat(e).hasCauseInstanceOf(ThrottlingException.class);
                throttled++;
            }
        }
        assertThat(throttled).isEqualTo(3);
        assertThat(steering.calls()).isEqualTo(6);
        assertThat(steering.throttled()).isEqualTo(3);
    }

    @Test
    void errorsComeAsTheModelledException() {
        steering.put(
                "{\"model\":\""
                        + Sdk.HAIKU
                        + "\",\"error\":{\"type\":\"InternalServerException\",\"every\":1}}");
        assertThatThrownBy(() -> client.converse(Sdk.ask(Sdk.HAIKU, "p", 5)).join())
                .hasCauseInstanceOf(InternalServerException.class);
        assertThat(steering.calls()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Protocol.class,
            names = {"HTTP1_1", "HTTP2"})
    void cutAnswersFailAndAreCounted(Protocol protocol) {
        steering.put("{\"model\":\"*\",\"cut_every\":1}");
        try (BedrockRuntimeAsyncClient other = Sdk.client(server.endpoint(), protocol)) {
            assertThatThrownBy(() -> other.converse(Sdk.ask(Sdk.HAIKU, "p", 50)).join())
                    .isNotNull();
        }
        assertThat(steering.calls()).isEqualTo(1);
    }

    @Test
    void hangingCallsStayInFlightUntilTheCallerGoes() {
        steering.put("{\"model\":\"*\",\"hang_every\":1}");
        CompletableFuture<ConverseResponse> call = client.converse(Sdk.ask(Sdk.HAIKU, "p", 50));
        await().until(() -> steering.inFlight() == 1);
        assertThat(call).isNotDone();
        call.cancel(true);
        await().until(() -> steering.inFlight() == 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = Protocol.class,
            names = {"HTTP1_1", "HTTP2"})
    void aThousandCallsWaitAtOnce(Protocol protocol) {
        steering.put("{\"model\":\"*\",\"latency_ms\":{\"min\":2000,\"max\":2500}}");
        try (BedrockRuntimeAsyncClient other = Sdk.client(server.endpoint(), protocol)) {
            List<CompletableFuture<ConverseResponse>> calls = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                calls.add(other.converse(Sdk.ask(Sdk.HAIKU, "p" + i, 5)));
            }
            long latency = calls.get(0).join().metrics().latencyMs();
            assertThat(latency).isBetween(2000L, 2500L);
            calls.forEach(CompletableFuture::join);
        }
        assertThat(steering.calls()).isEqualTo(1000);
        await().until(() -> steering.inFlight() == 0);
    }

    @Test
    void countsAndBehaviorsOutliveTheServer() throws IOException {
        steering.put("{\"model\":\"*\",\"throttle_every\":2}");
        client.converse(Sdk.ask(Sdk.HAIKU, "p", 5)).join();
        server.close();
        server = BedrockServer.start(Settings.in(dir));
        steering = new Steering(server.endpoint());
        assertThat(steering.calls()).isEqualTo(1);
        try (BedrockRuntimeAsyncClient again = Sdk.client(server.endpoint(), Protocol.HTTP1_1)) {
            assertThatThrownBy(() -> again.converse(Sdk.ask(Sdk.HAIKU, "p", 5)).join())
                    .hasCauseInstanceOf(ThrottlingException.class);
            again.converse(Sdk.ask(Sdk.HAIKU, "p", 5)).join();
        }
        assertThat(steering.calls()).isEqualTo(2);
    }

    private static String text(ConverseResponse response) {
        return response.output().message().content().get(0).text();
    }
}
