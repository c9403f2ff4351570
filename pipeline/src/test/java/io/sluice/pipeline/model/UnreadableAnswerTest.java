package io.sluice.pipeline.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.sluice.contract.Target;
import io.sluice.contract.json.PromptPayload;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.aws.AwsService;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of status 200 without a message, through the unmodified SDK. */
class UnreadableAnswerTest {
    @BeforeAll
    static void credentials() {
        System.setProperty("aws.accessKeyId", "sluice");
        System.setProperty("aws.secretAccessKey", "sluice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"output\":{}}"})
    void whatCannotBeReadWasAnsweredAllTheSame(String body) throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    byte[] bytes = body.getBytes(UTF_8);
                    exchange.getResponseHeaders().add("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        server.start();
        String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
        try (ModelClient client =
                BedrockModelClient.at(
                                AwsAccess.of(AwsService.BEDROCK_RUNTIME, "us-east-1", endpoint),
                                Duration.ofSeconds(20))
                        .open(1)) {
            assertThatThrownBy(() -> client.converse(call()).join())
                    .cause()
                    .isInstanceOfSatisfying(
                            ModelException.class,
                            e -> {
                                assertThat(e.failure()).isEqualTo(ModelFailure.UNREADABLE);
                                assertThat(e.contact()).isEqualTo(Contact.ANSWERED);
                            });
        } finally {
            server.stop(0);
        }
    }

    private static ModelCall call() {
        return new ModelCall(
                "acme",
                "req_1",
                Target.of(Requests.MODEL),
                List.of(),
                PromptPayload.ofUserText("hi", 64),
                0);
    }
}
