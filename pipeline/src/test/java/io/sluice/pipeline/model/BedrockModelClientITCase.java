package io.sluice.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.Target;
import io.sluice.contract.json.AnswerPayload;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.PromptPayload;
import io.sluice.local.bedrock.BedrockServer;
import io.sluice.local.bedrock.Behavior;
import io.sluice.local.bedrock.Fault;
import io.sluice.local.bedrock.LatencyMillis;
import io.sluice.local.bedrock.Settings;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.aws.AwsService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The adapter against the embedded Bedrock, through the unmodified SDK. */
class BedrockModelClientITCase {
    private static final String FINE = "amazon.nova-micro-v1:0";
    private static BedrockServer bedrock;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        System.setProperty("aws.accessKeyId", "sluice");
        System.setProperty("aws.secretAccessKey", "sluice");
        bedrock =
                BedrockServer.start(
                        new Settings(
                                dir,
                                0,
                                List.of(
                                        failing("amazon.nova-lite-v1:0", Fault.THROTTLING),
                                        failing("amazon.nova-pro-v1:0", Fault.SERVICE_UNAVAILABLE),
                                        failing("amazon.nova-premier-v1:0", Fault.INTERNAL_SERVER),
                                        failing(
                                                "anthropic.claude-3-haiku-20240307-v1:0",
                                                Fault.MODEL_TIMEOUT),
                                        failing(
                                                "anthropic.claude-3-5-haiku-20241022-v1:0",
                                                Fault.VALIDATION),
                                        hanging("anthropic.claude-haiku-4-5-20251001-v1:0"))));
    }

    @AfterAll
    static void stop() throws Exception {
        bedrock.close();
    }

    private static ModelClient client(String endpoint, Duration longestGeneration) {
        return BedrockModelClient.at(
                        AwsAccess.of(AwsService.BEDROCK_RUNTIME, "us-east-1", endpoint),
                        longestGeneration)
                .open(50);
    }

    private static ModelClient client() {
        return client(bedrock.endpoint().toString(), Duration.ofSeconds(20));
    }

    private static ModelCall call(String model) {
        return new ModelCall(
                "acme",
                "req_1",
                Target.of(model),
                List.of(),
                PromptPayload.ofUserText("hi there", 64),
                0);
    }

    @Test
    void answerComesWithUsageAndStopReason() {
        try (ModelClient client = client()) {
            ModelReply reply = client.converse(call(FINE)).join();

            assertThat(AnswerPayload.read(reply.payload()).get("text").asText()).isNotBlank();
            assertThat(reply.usage().inputTokens()).isPositive();
            assertThat(reply.usage().outputTokens()).isBetween(1L, 64L);
            assertThat(reply.stopReason()).isIn("end_turn", "max_tokens");
        }
    }

    @Test
    void manyCallsAtOnceAreAllAnswered() {
        try (ModelClient client = client()) {
            List<CompletableFuture<ModelReply>> answers =
                    IntStream.range(0, 200).mapToObj(i -> client.converse(call(FINE))).toList();

            assertThat(answers).allSatisfy(a -> assertThat(a.join().payload()).isNotEmpty());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "amazon.nova-lite-v1:0, THROTTLED",
        "amazon.nova-pro-v1:0, UNAVAILABLE",
        "amazon.nova-premier-v1:0, TRANSIENT",
        "anthropic.claude-3-haiku-20240307-v1:0, TIMEOUT",
        "anthropic.claude-3-5-haiku-20241022-v1:0, PERMANENT",
    })
    void failureHasItsNameAndIsNotRepeatedInSecret(String model, ModelFailure kind)
            throws Exception {
        try (ModelClient client = client()) {
            long before = callsSeen();

            assertThat(failureOf(client, call(model))).isEqualTo(kind);

            assertThat(callsSeen() - before).isEqualTo(1);
        }
    }

    @Test
    void silenceIsATimeout() {
        try (ModelClient client = client(bedrock.endpoint().toString(), Duration.ofMillis(500))) {
            assertThat(failureOf(client, call("anthropic.claude-haiku-4-5-20251001-v1:0")))
                    .isEqualTo(ModelFailure.TIMEOUT);
        }
    }

    @Test
    void closedPortIsUnavailable() {
        try (ModelClient client = client("http://127.0.0.1:1", Duration.ofSeconds(20))) {
            assertThat(failureOf(client, call(FINE))).isEqualTo(ModelFailure.UNAVAILABLE);
        }
    }

    @Test
    void brokenPayloadReachesNobody() throws Exception {
        try (ModelClient client = client()) {
            long before = callsSeen();

            assertThat(
                            failureOf(
                                    client,
                                    new ModelCall(
                                            "acme",
                                            "req_1",
                                            Target.of(FINE),
                                            List.of(),
                                            "nonsense",
                                            0)))
                    .isEqualTo(ModelFailure.PAYLOAD);

            assertThat(callsSeen()).isEqualTo(before);
        }
    }

    private static ModelFailure failureOf(ModelClient client, ModelCall call) {
        Throwable failure = catchThrowable(() -> client.converse(call).join());
        assertThat(failure).hasCauseInstanceOf(ModelException.class);
        return ((ModelException) failure.getCause()).failure();
    }

    private static long callsSeen() throws Exception {
        String body =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create(bedrock.endpoint() + "/_local/calls"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
        JsonNode counts = Json.parse(body);
        return counts.get("calls").longValue() + counts.get("throttled").longValue();
    }

    private static Behavior failing(String model, Fault fault) {
        return new Behavior(model, LatencyMillis.NONE, 0, 0, 0, fault, 1, 0, 0);
    }

    private static Behavior hanging(String model) {
        return new Behavior(model, LatencyMillis.NONE, 0, 0, 0, null, 0, 1, 0);
    }
}
