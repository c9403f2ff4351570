package io.sluice.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.contract.Names;
import io.sluice.contract.RequestEvent;
import io.sluice.ingress.RunningIngress.Answer;
import io.sluice.ingress.aws.Items;
import io.sluice.ingress.canonical.Sha256;
import io.sluice.ingress.idempotency.Fingerprint;
import io.sluice.ingress.requestid.RequestIds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedAws.class)
class IdempotencyITCase {
    private static final String BODY =
            "{\"model\":\"amazon.nova-micro-v1:0\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    static RunningIngress ingress;
    static EngineByHand engine;

    @BeforeAll
    static void start(RunningIngress shared) {
        ingress = shared;
        engine = new EngineByHand(ingress.aws());
    }

    @Test
    void repeatedCallIsTheSameRequest() {
        String key = ingress.newTenant("repeat", "free");
        Answer first = submit(key, "\"k1\"", BODY);
        Answer again = submit(key, "\"k1\"", BODY);
        assertThat(first.status()).as(first.response().body()).isEqualTo(202);
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.response().body()).isEqualTo(first.response().body());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(engine.requests("repeat"))
                .extracting(RequestEvent::eventId)
                .containsOnly(id(first));
        assertThat(id(submit(key, "\"k2\"", BODY))).isNotEqualTo(id(first));
    }

    @Test
    void callsAtTheSameTimeAreOneRequest() {
        String key = ingress.newTenant("race", "free");
        List<CompletableFuture<Answer>> calls =
                IntStream.range(0, 8)
                        .mapToObj(
                                i ->
                                        CompletableFuture.supplyAsync(
                                                () -> submit(key, "\"k\"", BODY)))
                        .toList();
        assertThat(
                        calls.stream()
                                .map(CompletableFuture::join)
                                .map(IdempotencyITCase::id)
                                .distinct())
                .hasSize(1);
    }

    @Test
    void callThatDiedBetweenClaimAndEventIsRepairedByTheNext() {
        String key = ingress.newTenant("crash", "free");
        RequestIds ids = ingress.context().getBean(RequestIds.class);
        long receivedAt = System.currentTimeMillis() - 90_000;
        String id = ids.issue("crash", receivedAt);
        claim("crash", "k", id, receivedAt, receivedAt / 1_000 + 86_400);
        Answer next = submit(key, "\"k\"", BODY);
        assertThat(id(next)).isEqualTo(id);
        List<RequestEvent> stored = engine.requests("crash");
        assertThat(stored).hasSize(1);
        assertThat(stored.get(0).eventId()).isEqualTo(id);
        assertThat(stored.get(0).facts().receivedAtMillis()).isEqualTo(receivedAt);
        assertThat(stored.get(0).facts().deadlineAtMillis())
                .isGreaterThan(System.currentTimeMillis());
    }

    @Test
    void callOfAnHourAgoIsNotStoredAgainBecauseTheEngineWouldTakeItForNew() {
        String key = ingress.newTenant("forgotten", "free");
        RequestIds ids = ingress.context().getBean(RequestIds.class);
        long receivedAt = System.currentTimeMillis() - 3_600_000;
        String id = ids.issue("forgotten", receivedAt);
        claim("forgotten", "k", id, receivedAt, receivedAt / 1_000 + 86_400);
        Answer next = submit(key, "\"k\"", BODY);
        assertThat(next.status()).as(next.response().body()).isEqualTo(409);
        assertThat(next.header("x-should-retry")).isEqualTo("false");
        assertThat(next.header("Location")).isEqualTo("/v1/requests/" + id);
        assertThat(engine.requests("forgotten")).isEmpty();
    }

    @Test
    void whatTheRulesOfNowRefuseIsStillTheCallThatItWas() {
        String key = ingress.newTenant("stricter", "free");
        String body = BODY.replace("{\"model", "{\"max_tokens\":50,\"model");
        Answer first = submit(key, "\"ended\"", body);
        Answer running = submit(key, "\"running\"", body);
        engine.store(
                engine.succeeded(
                        engine.requests("stricter").stream()
                                .filter(e -> e.eventId().equals(id(first)))
                                .findFirst()
                                .orElseThrow()));
        ingress.send(
                "PUT",
                "/v1/admin/tenants/stricter",
                ingress.adminKey(),
                "{\"overrides\":{\"max_tokens\":10}}");
        await().until(() -> ingress.send("POST", "/v1/requests", key, body).status() == 400);
        int before = engine.requests("stricter").size();
        assertReplayed(submit(key, "\"ended\"", body), first);
        Answer whole = submit(key, "\"ended\"", body, "Prefer", "wait=5");
        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.json().at("/output/text").textValue()).isEqualTo("Hello");
        Answer still = submit(key, "\"running\"", body);
        assertThat(still.status()).isEqualTo(409);
        assertThat(still.json().at("/request/id").textValue()).isEqualTo(id(running));
        assertThat(still.json().get("detail").textValue()).contains("max_tokens");
        assertThat(engine.requests("stricter")).hasSize(before);
    }

    @Test
    void keyWithAnotherBodyIsUnprocessable() {
        String key = ingress.newTenant("other-body", "free");
        submit(key, "\"k\"", BODY);
        Answer other = submit(key, "\"k\"", BODY.replace("Hi", "Ho"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(engine.requests("other-body")).hasSize(1);
    }

    @Test
    void keyOfAnotherTenantIsAnotherKey() {
        String one = ingress.newTenant("one", "free");
        String two = ingress.newTenant("two", "free");
        Answer first = submit(one, "\"k\"", BODY);
        Answer second = submit(two, "\"k\"", BODY.replace("Hi", "Ho"));
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.header("Idempotency-Replayed")).isEmpty();
        assertThat(id(second)).isNotEqualTo(id(first));
    }

    @Test
    void keyIsFreeAgainAfterADayEvenIfItsItemIsStillThere() {
        String key = ingress.newTenant("day", "free");
        long now = System.currentTimeMillis();
        claim("day", "k", "req_OLD", now - 86_401_000, now / 1_000 - 1);
        Answer fresh = submit(key, "\"k\"", BODY.replace("Hi", "Ho"));
        assertThat(fresh.status()).as(fresh.response().body()).isEqualTo(202);
        assertThat(id(fresh)).isNotEqualTo("req_OLD");
        assertThat(id(submit(key, "\"k\"", BODY.replace("Hi", "Ho")))).isEqualTo(id(fresh));
    }

    @Test
    void whoWaitsForARunningCallIsToldThatItRuns() {
        String key = ingress.newTenant("running", "free");
        Answer first = submit(key, "\"k\"", BODY);
        Answer waiting = submit(key, "\"k\"", BODY, "Prefer", "wait=20");
        assertThat(waiting.status()).isEqualTo(409);
        assertThat(waiting.json().at("/request/id").textValue()).isEqualTo(id(first));
        assertThat(waiting.header("x-should-retry")).isEqualTo("true");
        assertThat(waiting.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void successIsReplayedExactly() {
        String key = ingress.newTenant("success", "free");
        CompletableFuture<Answer> waiting =
                CompletableFuture.supplyAsync(
                        () -> submit(key, "\"k\"", BODY, "Prefer", "wait=20"));
        await().until(() -> engine.requests("success").size() == 1);
        engine.store(engine.succeeded(engine.requests("success").get(0)));
        Answer first = waiting.join();
        Answer again = submit(key, "\"k\"", BODY, "Prefer", "wait=20");
        assertThat(first.status()).isEqualTo(200);
        assertReplayed(again, first);
        assertThat(engine.requests("success")).hasSize(1);
        assertThat(submit(key, "\"k\"", BODY).status()).isEqualTo(202);
    }

    @Test
    void rejectionIsReplayedExactlyAndSaysThatTheSameKeyIsPointless() {
        String key = ingress.newTenant("rejection", "free");
        CompletableFuture<Answer> waiting =
                CompletableFuture.supplyAsync(
                        () -> submit(key, "\"k\"", BODY, "Prefer", "wait=20"));
        await().until(() -> engine.requests("rejection").size() == 1);
        engine.store(
                engine.rejected(engine.requests("rejection").get(0), Names.REQUESTS_PER_MINUTE));
        Answer first = waiting.join();
        Answer again = submit(key, "\"k\"", BODY, "Prefer", "wait=20");
        assertThat(first.status()).isEqualTo(429);
        assertReplayed(again, first);
        assertThat(first.header("x-should-retry")).isEqualTo("false");
        assertThat(again.header("x-should-retry")).isEqualTo("false");
    }

    @Test
    void malformedKeyIsABadRequestThatShowsTheForm() {
        String key = ingress.newTenant("malformed", "free");
        Answer answer = submit(key, "k1", BODY);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("detail").textValue()).contains("Idempotency-Key: \"");
        assertThat(engine.requests("malformed")).isEmpty();
    }

    @Test
    void wrongBodyDoesNotUseUpTheKey() {
        String key = ingress.newTenant("wrong", "free");
        assertThat(submit(key, "\"k\"", "{}").status()).isEqualTo(400);
        assertThat(submit(key, "\"k\"", BODY).status()).isEqualTo(202);
    }

    private static void assertReplayed(Answer again, Answer first) {
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.response().body()).isEqualTo(first.response().body());
        assertThat(again.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    }

    private static String id(Answer answer) {
        return answer.json().get("id").textValue();
    }

    private static Answer submit(String key, String idempotencyKey, String body, String... more) {
        String[] headers = new String[more.length + 2];
        headers[0] = "Idempotency-Key";
        headers[1] = idempotencyKey;
        System.arraycopy(more, 0, headers, 2, more.length);
        return ingress.send("POST", "/v1/requests", key, body, headers);
    }

    private static void claim(
            String tenantId, String key, String id, long receivedAt, long expiresAtSeconds) {
        ingress.aws()
                .dynamoDbClient()
                .putItem(
                        b ->
                                b.tableName(Names.IDEMPOTENCY_TABLE)
                                        .item(
                                                Map.of(
                                                        "tenant_id", Items.text(tenantId),
                                                        "key_hash", Items.text(hash(key)),
                                                        "request_id", Items.text(id),
                                                        "received_at", Items.number(receivedAt),
                                                        "fingerprint",
                                                                Items.text(
                                                                        Fingerprint.of(
                                                                                "POST /v1/requests",
                                                                                BODY.getBytes(
                                                                                        StandardCharsets
                                                                                                .UTF_8))),
                                                        "expires_at",
                                                                Items.number(expiresAtSeconds))))
                .join();
    }

    private static String hash(String key) {
        return Sha256.hex(key.getBytes(StandardCharsets.US_ASCII));
    }
}
