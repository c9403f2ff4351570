package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.local.command.e2e.HostileRequests.Call;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever arrives over HTTP or stands on the stream: bad calls get a problem document with the
 * right 4xx, bad records become dead letters, and neither disturbs what is good.
 */
@OnSharedSystem
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputITCase {
    /** What a client must never see of the inside. */
    private static final Pattern INSIDE =
            Pattern.compile(
                    "Exception|Throwable|\\bjava\\.|io\\.micronaut|io\\.netty|io\\.sluice|jackson|software\\.amazon|\\tat ");

    private SharedSystem sluice;
    private RawHttp http;
    private String key;
    private Api own;

    @BeforeAll
    void start(SharedSystem shared) {
        sluice = shared;
        http = new RawHttp(sluice.endpoint("api"));
        key = sluice.tenantKeys().get("demo-enterprise");
        own = new Api(sluice.endpoint("api"), key);
    }

    Stream<Call> badCalls() {
        return new HostileRequests(key, sluice.adminKey()).all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badCalls")
    void aBadCallGetsAProblem(Call call) throws IOException {
        RawHttp.Answer answer = http.send(call.requestLine(), call.headers(), call.body());
        assertProblem(answer);
        assertThat(answer.status()).as(answer.toString()).isIn(call.statuses());
        assertThat(Json.parse(answer.body()).path("detail").asText()).contains(call.detail());
    }

    @ParameterizedTest(name = "{index}: {0}")
    @MethodSource("badKeys")
    void aBadKeyIsRefusedWithoutSayingWhy(String header) throws IOException {
        RawHttp.Answer answer =
                http.send(
                        "POST /v1/requests",
                        header.isEmpty()
                                ? List.of(HostileRequests.JSON)
                                : List.of(HostileRequests.JSON, header),
                        HostileRequests.good());
        assertProblem(answer);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(Json.parse(answer.body()).path("detail").asText())
                .isIn(
                        "This API key is unknown, revoked or expired.",
                        "No API key: send it as 'Authorization: Bearer <key>' or 'x-api-key'.");
    }

    Stream<String> badKeys() {
        List<String> parts = Arrays.asList(key.split("\\."));
        String other = sluice.tenantKeys().get("demo-free");
        return Stream.of(
                "",
                "Authorization: ",
                "Authorization: Bearer",
                "Authorization: Bearer ",
                "Authorization: Basic "
                        + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8)),
                "Authorization: Bearer nonsense",
                "Authorization: Bearer sk....",
                "Authorization: Bearer sk.demo-free.aaaaaaaa." + "a".repeat(32),
                "Authorization: Bearer sk.nobody.aaaaaaaa." + "a".repeat(32),
                "Authorization: Bearer sk.__proto__.aaaaaaaa." + "a".repeat(32),
                "Authorization: Bearer " + key + "x",
                "Authorization: Bearer " + key.substring(0, key.length() - 1),
                "Authorization: Bearer sk.demo-free." + parts.get(2) + "." + parts.get(3),
                "Authorization: Bearer sk.demo-enterprise."
                        + other.split("\\.")[2]
                        + "."
                        + other.split("\\.")[3],
                "Authorization: Bearer sk._admin." + parts.get(2) + "." + parts.get(3),
                "x-api-key: ",
                "x-api-key: \u00e9\u00ff",
                "x-api-key: " + "a.".repeat(500));
    }

    @Test
    void anotherTenantsIdIsNotFoundAndNeitherIsOneLetterChanged() {
        Api other = new Api(sluice.endpoint("api"), sluice.tenantKeys().get("demo-business"));
        String id =
                own.submit(Api.question(Api.MODEL, "hostile", "mine")).json().path("id").asText();
        assertThat(own.get("/v1/requests/" + id).status()).isEqualTo(200);
        assertThat(other.get("/v1/requests/" + id).status()).isEqualTo(404);
        String last = id.endsWith("a") ? "b" : "a";
        String changed = id.substring(0, id.length() - 1) + last;
        assertThat(own.get("/v1/requests/" + changed).status()).isEqualTo(404);
        assertThat(other.get("/v1/requests/" + id).json().path("detail"))
                .isEqualTo(own.get("/v1/requests/" + changed).json().path("detail"));
    }

    @Test
    void badRecordsOnTheStreamBecomeDeadLettersAndTheJobRunsOn() {
        try (EventStream stream = new EventStream(sluice.endpoint("kinesis"))) {
            byte[] real = realEvent(stream);
            Map<String, BadRecord> put = BadRecord.putAll(stream, real);
            stream.put("demo-enterprise", BadRecord.fromBeforeTime(real));
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () ->
                                    assertThat(stream.deadLetters().keySet())
                                            .containsAll(put.keySet()));
            Map<String, JsonNode> letters = stream.deadLetters();
            put.forEach(
                    (sequenceNumber, record) -> record.assertLetter(letters.get(sequenceNumber)));
        }
        Api.Answer after = own.ask(Api.question(Api.MODEL, "hostile", "after bad records"));
        assertThat(after.status()).as(after.toString()).isEqualTo(200);
        JsonNode jobs = new Http(sluice.endpoint("flink")).get("/jobs/overview").path("jobs");
        assertThat(jobs).hasSize(1);
        assertThat(jobs.path(0).path("state").asText()).isEqualTo("RUNNING");
        String job = jobs.path(0).path("jid").asText();
        // Flink's REST API collects metrics only once they are asked for.
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () ->
                                assertThat(
                                                new Http(sluice.endpoint("flink"))
                                                        .get(
                                                                "/jobs/"
                                                                        + job
                                                                        + "/metrics?get=numRestarts")
                                                        .path(0)
                                                        .path("value")
                                                        .asText())
                                        .isEqualTo("0"));
    }

    @AfterEach
    void aGoodRequestIsStillTaken() {
        Api.Answer answer = own.submit(Api.question(Api.MODEL, "hostile", "good"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    }

    private byte[] realEvent(EventStream stream) {
        Api.Answer answer = own.ask(Api.question(Api.MODEL, "hostile", "real"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        String id = answer.json().path("id").asText();
        return stream.events().stream()
                .filter(event -> new String(event, StandardCharsets.UTF_8).contains(id))
                .findFirst()
                .orElseThrow();
    }

    private static void assertProblem(RawHttp.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isBetween(400, 499);
        assertThat(answer.header("Content-Type"))
                .as(answer.toString())
                .startsWith("application/problem+json");
        assertThat(answer.body()).doesNotContainPattern(INSIDE);
        assertThat(answer.header("X-Evil")).isEmpty();
        assertThat(answer.header("Set-Cookie")).isEmpty();
        JsonNode problem = Json.parse(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(answer.status());
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("detail").asText()).hasSizeBetween(5, 1_000);
    }
}
