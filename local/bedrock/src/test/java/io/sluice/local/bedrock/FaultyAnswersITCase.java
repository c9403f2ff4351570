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
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InternalServerException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

/** What an unmodified SDK client sees of lost connections, slow bodies, mixes and regions. */
class FaultyAnswersITCase {

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
    @CsvSource({
        "cut_unseen, HTTP1_1, 0, 1", "cut_unseen, HTTP2, 0, 1",
        "cut_before, HTTP1_1, 1, 0", "cut_before, HTTP2, 1, 0",
        "cut_amid, HTTP1_1, 1, 0", "cut_amid, HTTP2, 1, 0"
    })
    void lostConnectionIsNoAnswerAndCountsIfTheModelSawTheCall(
            String effect, Protocol protocol, long calls, long unseen) {
        steering.put("{\"model\":\"*\",\"mix\":{\"seed\":1,\"" + effect + "\":1}}");
        try (BedrockRuntimeAsyncClient other = Sdk.client(server.endpoint(), protocol)) {
            assertThatThrownBy(() -> other.converse(Sdk.ask(Sdk.HAIKU, "p", 50)).join())
                    .isNotNull()
                    .satisfies(
                            failure ->
                                    assertThat(failure.getCause())
                                            .isNotInstanceOf(BedrockRuntimeException.class));
        }
        assertThat(steering.calls()).isEqualTo(calls);
        assertThat(steering.unseen()).isEqualTo(unseen);
        await().until(() -> steering.inFlight() == 0);
    }

    @Test
    void garbageIsAnAnswerThatNobodyCanRead() {
        steering.put("{\"model\":\"*\",\"mix\":{\"seed\":1,\"garbage\":1}}");
        assertThatThrownBy(() -> client.converse(Sdk.ask(Sdk.HAIKU, "p", 50)).join())
                .cause()
                .isInstanceOf(SdkClientException.class)
                .rootCause()
                .satisfies(e -> assertThat(e.getClass().getSimpleName()).startsWith("Json"));
        assertThat(steering.calls()).isEqualTo(1);
    }

    @Test
    void lostConnectionsLoseNoOtherCalls() {
        steering.put("{\"model\":\"*\",\"mix\":{\"seed\":3,\"cut_before\":0.2,\"cut_amid\":0.2}}");
        List<CompletableFuture<ConverseResponse>> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            calls.add(client.converse(Sdk.ask(Sdk.HAIKU, "p" + i, 5)));
        }
        long answered = calls.stream().filter(FaultyAnswersITCase::succeeds).count();
        assertThat(answered).isBetween(90L, 150L);
        assertThat(steering.calls()).isEqualTo(200);
    }

    @Test
    void drippingAnswerComesWholeInTheEnd() {
        steering.put("{\"model\":\"*\",\"drip_every\":2,\"drip_ms\":400}");
        ConverseResponse atOnce = client.converse(Sdk.ask(Sdk.HAIKU, "p", 100)).join();
        CompletableFuture<ConverseResponse> slowly = client.converse(Sdk.ask(Sdk.HAIKU, "p", 100));
        assertThat(slowly.join().output()).isEqualTo(atOnce.output());
    }

    @Test
    void drippingEndsWithItsCaller() {
        steering.put("{\"model\":\"*\",\"drip_every\":1,\"drip_ms\":600000}");
        CompletableFuture<ConverseResponse> call = client.converse(Sdk.ask(Sdk.HAIKU, "p", 50));
        await().until(() -> steering.inFlight() == 1);
        assertThat(call).isNotDone();
        call.cancel(true);
        await().until(() -> steering.inFlight() == 0);
    }

    @Test
    void mixIsTheSameInEveryRunOfTheSameSeedAndOutlivesTheServer() throws IOException {
        String mix =
                "{\"model\":\"*\",\"mix\":{\"seed\":11,\"throttle\":0.3,\"cut_unseen\":0.2,"
                        + "\"errors\":{\"InternalServerException\":0.3}}}";
        steering.put(mix);
        List<String> first = outcomes(20);
        List<String> wanted = new ArrayList<>(first);
        wanted.addAll(outcomes(20));
        assertThat(wanted).contains("throttled", "failed", "lost", "answered");

        steering.put(mix);
        List<String> again = outcomes(20);
        server.close();
        server = BedrockServer.start(Settings.in(dir).withPort(server.port()));
        again.addAll(outcomes(20));
        assertThat(again).isEqualTo(wanted);
    }

    @Test
    void regionsHaveBehavioursOfTheirOwn() {
        steering.put("{\"model\":\"*\",\"throttle_every\":1}");
        steering.put(
                "{\"model\":\"*\",\"region\":\"eu-west-1\",\"error\":{\"type\":\"InternalServerException\",\"every\":2}}");
        try (BedrockRuntimeAsyncClient there =
                Sdk.client(server.endpoint(), Protocol.HTTP1_1, Region.EU_WEST_1)) {
            assertThatThrownBy(() -> client.converse(Sdk.ask(Sdk.HAIKU, "p", 5)).join())
                    .hasCauseInstanceOf(ThrottlingException.class);
            there.converse(Sdk.ask(Sdk.HAIKU, "p", 5)).join();
            assertThatThrownBy(() -> client.converse(Sdk.ask(Sdk.HAIKU, "p", 5)).join())
                    .hasCauseInstanceOf(ThrottlingException.class);
            assertThatThrownBy(() -> there.converse(Sdk.ask(Sdk.HAIKU, "p", 5)).join())
                    .hasCauseInstanceOf(InternalServerException.class);
        }
        assertThat(steering.callsIn("eu-west-1")).isEqualTo(2);
        assertThat(steering.callsIn("us-east-1")).isZero();
        assertThat(steering.throttled()).isEqualTo(2);

        assertThat(steering.send("DELETE", "/_local/behavior?model=*", "").statusCode())
                .isEqualTo(200);
        client.converse(Sdk.ask(Sdk.HAIKU, "p", 5)).join();
    }

    private List<String> outcomes(int calls) {
        List<String> outcomes = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            outcomes.add(
                    client.converse(Sdk.ask(Sdk.HAIKU, "p", 5))
                            .handle(
                                    (answer, failure) -> {
                                        Throwable cause =
                                                failure == null || failure.getCause() == null
                                                        ? failure
                                                        : failure.getCause();
                                        if (cause == null) {
                                            return "answered";
                                        } else if (cause instanceof ThrottlingException) {
                                            return "throttled";
                                        }
                                        return cause instanceof InternalServerException
                                                ? "failed"
                                                : "lost";
                                    })
                            .join());
        }
        return outcomes;
    }

    private static boolean succeeds(CompletableFuture<ConverseResponse> call) {
        return call.handle((answer, failure) -> failure == null).join();
    }
}
