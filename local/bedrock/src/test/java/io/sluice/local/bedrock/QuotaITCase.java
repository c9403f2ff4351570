package io.sluice.local.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

class QuotaITCase {

    @TempDir Path dir;

    @Test
    void modelBeyondItsQuotaThrottlesAndARestartedServerStillDoes() throws IOException {
        try (BedrockServer server = BedrockServer.start(Settings.in(dir))) {
            Steering steering = new Steering(server.endpoint());
            assertThat(
                            steering.send(
                                            "PUT",
                                            "/_local/quota",
                                            "{\"model\":\"*\",\"requests_per_minute\":2}")
                                    .statusCode())
                    .isEqualTo(200);
            askTwiceAndBeThrottled(server);
            assertThat(steering.calls()).isEqualTo(2);
            assertThat(steering.throttled()).isEqualTo(1);
        }
        try (BedrockServer server = BedrockServer.start(Settings.in(dir))) {
            askTwiceAndBeThrottled(server);
            Steering steering = new Steering(server.endpoint());
            assertThat(steering.send("DELETE", "/_local/quota", "").body()).isEqualTo("[]");
            ask(server);
        }
    }

    @Test
    void whatIsNoQuotaIsAProblemThatSaysWhatIsExpected() throws IOException {
        try (BedrockServer server = BedrockServer.start(Settings.in(dir))) {
            Steering steering = new Steering(server.endpoint());
            for (String body :
                    new String[] {
                        "{}",
                        "[]",
                        "{\"model\":\"*\",\"requests_per_minute\":-1}",
                        "{\"model\":\"*\",\"rpm\":1}",
                        "{\"model\":\"*\",\"burst_seconds\":0}"
                    }) {
                var answer = steering.send("PUT", "/_local/quota", body);
                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.body()).contains("expected");
            }
            assertThat(steering.send("POST", "/_local/quota", "").statusCode()).isEqualTo(405);
        }
    }

    private static void askTwiceAndBeThrottled(BedrockServer server) {
        ask(server);
        ask(server);
        assertThatThrownBy(() -> ask(server))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ThrottlingException.class);
    }

    private static void ask(BedrockServer server) {
        try (BedrockRuntimeAsyncClient client = Sdk.client(server.endpoint(), Protocol.HTTP1_1)) {
            client.converse(Sdk.ask(Sdk.HAIKU, "What is a hold?", 4000)).join();
        }
    }
}
