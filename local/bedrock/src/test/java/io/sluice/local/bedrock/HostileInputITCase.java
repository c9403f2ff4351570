package io.sluice.local.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileInputITCase {

    private static final String PATH = "/model/amazon.nova-micro-v1%3A0/converse";

    @TempDir Path dir;
    private BedrockServer server;
    private Steering http;

    @BeforeEach
    void start() throws IOException {
        server = BedrockServer.start(Settings.in(dir));
        http = new Steering(server.endpoint());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{ | not valid JSON",
                "[] | not a JSON object",
                "{} | at 'messages' failed to satisfy constraint: Member must not be null",
                "{\"messages\":[]} | Member must have length greater than or equal to 1",
                "{\"messages\":7} | messages is not a JSON array",
                "{\"messages\":[7]} | messages.0 is not a JSON object",
                "{\"messages\":[{\"role\":\"root\",\"content\":[{\"text\":\"a\"}]}]} | enum value set: [user, assistant]",
                "{\"messages\":[{\"role\":\"assistant\",\"content\":[{\"text\":\"a\"}]}]} | must start with a user message",
                "{\"messages\":[{\"role\":\"user\",\"content\":[]}]} | messages.0 is empty",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\" \"}]}]} | is blank",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"poem\":\"a\"}]}]} | must set one of the following keys",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"a\"}]}],\"inferenceConfig\":{\"maxTokens\":0}} | greater than or equal to 1",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"a\"}]}],\"inferenceConfig\":{\"maxTokens\":99999}} | exceeds the model limit",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"a\"}]}],\"inferenceConfig\":{\"temperature\":3}} | less than or equal to 1"
            })
    void badBodyIsAValidationErrorThatNamesTheFault(String body, String message) {
        HttpResponse<String> response = http.send("POST", PATH, body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("x-amzn-ErrorType"))
                .contains("ValidationException");
        assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
        assertThat(http.json(response).path("message").asText()).contains(message);
        assertThat(http.calls()).isZero();
    }

    @Test
    void bodyAboveTheLimitIsRefused() {
        HttpResponse<String> response =
                http.send("POST", PATH, "x".repeat(Routes.LARGEST_BODY_BYTES + 1));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("too long");
    }

    @Test
    void deepNestingIsRefused() {
        HttpResponse<String> response =
                http.send("POST", PATH, "{\"messages\":" + "[".repeat(100_000));
        assertThat(response.statusCode()).isEqualTo(400);
    }

    @Test
    void otherOperationsAreUnknown() {
        assertThat(http.send("POST", "/model/a/converse-stream", "{}").statusCode()).isEqualTo(404);
        assertThat(http.send("GET", PATH, "").headers().firstValue("x-amzn-ErrorType"))
                .contains("UnknownOperationException");
        assertThat(http.send("POST", "/_local/calls", "").statusCode()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "7",
                "{}",
                "{\"model\":7}",
                "{\"model\":\"*\",\"latency\":1}",
                "{\"model\":\"*\",\"latency_ms\":-1}",
                "{\"model\":\"*\",\"latency_ms\":{\"min\":5,\"max\":1}}",
                "{\"model\":\"*\",\"latency_ms\":\"1\"}",
                "{\"model\":\"*\",\"throttle_rate\":1.5}",
                "{\"model\":\"*\",\"throttle_rate\":0.5,\"throttle_every\":2}",
                "{\"model\":\"*\",\"error\":{\"type\":\"Nope\",\"every\":1}}",
                "{\"model\":\"*\",\"error\":{\"type\":\"InternalServerException\"}}",
                "{\"model\":\"*\",\"hang_every\":0.5}",
                "{\"model\":\"*\",\"region\":\"US East\"}",
                "{\"model\":\"*\",\"drip_ms\":0}",
                "{\"model\":\"*\",\"mix\":0.5}",
                "{\"model\":\"*\",\"mix\":{\"throttle\":0.5}}",
                "{\"model\":\"*\",\"mix\":{\"seed\":1,\"answer\":0.5}}",
                "{\"model\":\"*\",\"mix\":{\"seed\":1,\"throttle\":2}}",
                "{\"model\":\"*\",\"mix\":{\"seed\":1,\"throttle\":0.6,\"hang\":0.6}}",
                "{\"model\":\"*\",\"mix\":{\"seed\":1,\"errors\":{\"Nope\":0.1}}}",
                "{\"model\":\"*\",\"model\":\"*\"}"
            })
    void badBehaviorIsAProblemAndChangesNothing(String body) {
        String before = http.send("GET", "/_local/behavior", "").body();
        HttpResponse<String> response = http.send("PUT", "/_local/behavior", body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(http.json(response).path("detail").asText()).isNotBlank();
        assertThat(http.send("GET", "/_local/behavior", "").body()).isEqualTo(before);
    }

    @Test
    void behaviorReadsBackAndGoesAway() {
        http.put(
                "{\"model\":\"*\",\"latency_ms\":12,\"tokens_per_second\":50,\"error\":{\"type\":\"ModelTimeoutException\",\"every\":4}}");
        HttpResponse<String> put = http.send("GET", "/_local/behavior", "");
        assertThat(http.json(put).path("put").path(0).path("latency_ms").path("max").asInt())
                .isEqualTo(12);
        assertThat(http.json(put).path("put").path(0).path("error").path("every").asInt())
                .isEqualTo(4);
        http.put(
                "{\"model\":\"b\",\"region\":\"eu-west-1\",\"drip_every\":3,\"mix\":{\"seed\":5,\"cut_amid\":0.25,\"errors\":{\"ModelErrorException\":0.5}}}");
        assertThat(
                        http.json(http.send("GET", "/_local/behavior", ""))
                                .path("put")
                                .path(1)
                                .toString())
                .contains(
                        "\"region\":\"eu-west-1\"",
                        "\"drip_every\":3",
                        "\"seed\":5,\"cut_amid\":0.25,\"errors\":{\"ModelErrorException\":0.5}");
        http.send("DELETE", "/_local/behavior", "");
        assertThat(http.json(http.send("GET", "/_local/behavior", "")).path("put")).isEmpty();
    }
}
