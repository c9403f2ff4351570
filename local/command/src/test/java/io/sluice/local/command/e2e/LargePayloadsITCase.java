package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Prompts and answers of 8 MiB on a running system, over a kill of the job. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LargePayloadsITCase {
    private static final int EIGHT_MIB = 8 << 20;
    private static final String LARGE_MODEL = "meta.llama3-1-8b-instruct-v1:0";

    @TempDir static Path dataDir;

    private SluiceProcess sluice;
    private Api api;
    private Api otherApi;
    private Http bedrock;
    private String id;
    private String answer;
    private long callsMade;

    @BeforeAll
    void start() throws Exception {
        sluice = SluiceProcess.start(dataDir);
        sluice.awaitReady(Duration.ofMinutes(2));
        api = new Api(sluice.endpoint("api"), sluice.tenantKeys().get("demo-enterprise"));
        otherApi = new Api(sluice.endpoint("api"), sluice.tenantKeys().get("demo-business"));
        bedrock = new Http(sluice.endpoint("bedrock"));
    }

    @AfterAll
    void stop() {
        if (sluice != null) {
            sluice.close();
        }
    }

    @Test
    @Order(1)
    void promptAndAnswerOfEightMebibytesSurviveAKillOfTheJob() {
        bedrock.put(
                "/_local/answer-size",
                "{\"model\":\"" + LARGE_MODEL + "\",\"bytes\":" + EIGHT_MIB + "}");
        bedrock.put("/_local/behavior", "{\"model\":\"" + LARGE_MODEL + "\",\"latency_ms\":4000}");
        Api.Answer submitted = api.submit(question());
        assertThat(submitted.status()).as(submitted.toString()).isEqualTo(202);
        id = submitted.json().path("id").asText();
        await().atMost(Duration.ofSeconds(60)).until(() -> calls() == 1);
        sluice.kill("job");
        await().atMost(Duration.ofMinutes(2))
                .until(
                        () ->
                                !List.of("queued", "running")
                                        .contains(item(api).path("status").asText()));
        JsonNode item = item(api);
        assertThat(item.path("status").asText()).isEqualTo("succeeded");
        answer = item.path("output").path("text").asText();
        assertThat(answer.length()).isEqualTo(EIGHT_MIB);
        assertThat(calls()).as("the call that was killed, and its repetition").isBetween(1L, 2L);
        callsMade = calls();
    }

    @Test
    @Order(2)
    void anotherTenantNeitherSeesTheAnswerNorThatThereIsOne() {
        assertThat(otherApi.get("/v1/requests/" + id).status()).isEqualTo(404);
    }

    @Test
    @Order(3)
    void theSameQuestionIsServedFromTheCacheWithTheSameAnswer() {
        Api.Answer again = api.ask(question());
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("decision").path("outcome").asText()).isEqualTo("cache_hit");
        assertThat(again.json().path("output").path("text").asText().equals(answer)).isTrue();
        assertThat(calls()).isEqualTo(callsMade);
    }

    @Test
    @Order(4)
    void onlyReferencesLieOutsideTheObjectsAndOnlyTheirTenantsBelowThem() throws IOException {
        try (Stream<Path> tenants = Files.list(dataDir.resolve("objects"))) {
            assertThat(tenants.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("demo-enterprise", ".incoming");
        }
        try (Ledger ledger = new Ledger(sluice.endpoint("dynamodb"))) {
            assertThat(ledger.results())
                    .hasSize(2)
                    .allSatisfy(
                            item ->
                                    assertThat(item.get("output").s())
                                            .hasSizeLessThan(1_000)
                                            .contains("\"payload_ref\"", id));
        }
    }

    @Test
    @Order(5)
    void aLargeTurnIsSentAlongWithTheNext() {
        String large = "Remember this. " + "w".repeat(70_000);
        String first = answerTo(Api.MODEL, "long-talk", message("user", large));
        String second = answerTo(Api.MODEL, "long-talk", message("user", "And now?"));
        assertThat(second)
                .isEqualTo(
                        answerTo(
                                Api.MODEL,
                                null,
                                message("user", large),
                                message("assistant", first),
                                message("user", "And now?")));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> api.get("/v1/sessions/long-talk").json().path("turns").size() == 2);
        JsonNode session = api.get("/v1/sessions/long-talk").json();
        assertThat(session.at("/turns/0/messages/0/content/0/text").asText()).isEqualTo(large);
        assertThat(session.at("/turns/0/messages/1/content/0/text").asText()).isEqualTo(first);
    }

    private JsonNode item(Api as) {
        Api.Answer read = as.get("/v1/requests/" + id);
        assertThat(read.status()).isEqualTo(200);
        return read.json();
    }

    private long calls() {
        return bedrock.get("/_local/calls").path("by_model").path(LARGE_MODEL).asLong();
    }

    private static String question() {
        return Api.question(LARGE_MODEL, "large", "q".repeat(EIGHT_MIB));
    }

    private String answerTo(String model, String session, ObjectNode... messages) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("model", model);
        body.put("max_tokens", 1_024);
        body.putArray("messages").addAll(List.of(messages));
        if (session != null) {
            body.put("session", session);
        }
        Api.Answer got =
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> api.ask(body.toString()), a -> a.status() != 409);
        assertThat(got.status()).as(String.valueOf(got.status())).isEqualTo(200);
        return got.json().path("output").path("text").asText();
    }

    private static ObjectNode message(String role, String text) {
        return JsonNodeFactory.instance.objectNode().put("role", role).put("content", text);
    }
}
