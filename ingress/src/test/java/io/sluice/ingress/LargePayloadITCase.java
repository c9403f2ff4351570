package io.sluice.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.PayloadReference;
import io.sluice.contract.Priority;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.ResultItem;
import io.sluice.contract.json.AnswerPayload;
import io.sluice.contract.json.PayloadReferenceJson;
import io.sluice.contract.json.PromptPayload;
import io.sluice.ingress.RunningIngress.Answer;
import io.sluice.objects.LargePayload;
import io.sluice.objects.PayloadStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedAws.class)
class LargePayloadITCase {
    private static final int EIGHT_MIB = 8 << 20;

    @TempDir static Path dir;
    static Path objects;
    static RunningIngress ingress;
    static EngineByHand engine;
    static String key;
    static String otherKey;

    @BeforeAll
    static void start(LocalAws shared) {
        objects = dir.resolve("objects");
        ingress = RunningIngress.over(shared, Map.of("sluice.objects", objects.toString()));
        engine = new EngineByHand(shared);
        key = ingress.newTenant("payloads", "enterprise");
        otherKey = ingress.newTenant("payloads-too", "business");
    }

    @AfterAll
    static void stop() throws Exception {
        ingress.close();
    }

    private static String body(String text) {
        return "{\"model\":\"amazon.nova-micro-v1:0\",\"messages\":[{\"role\":\"user\",\"content\":\""
                + text
                + "\"}]}";
    }

    private static RequestEvent submitted(String body) {
        Answer answer = ingress.send("POST", "/v1/requests", key, body);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        return event(answer.json().get("id").textValue());
    }

    private static RequestEvent event(String id) {
        return engine.requests("payloads").stream()
                .filter(e -> e.eventId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Path file(String referenceText) {
        return objects.resolve(PayloadReferenceJson.read(referenceText).key());
    }

    @Test
    void largePromptLiesApartBeforeItsEventIsOnTheStream() throws IOException {
        String text = "x".repeat(EIGHT_MIB);
        RequestEvent event = submitted(body(text));
        assertThat(event.payload().length()).isLessThan(500);
        PayloadReference reference = PayloadReferenceJson.read(event.payload());
        assertThat(reference.tenantId()).isEqualTo("payloads");
        assertThat(reference.requestId()).isEqualTo(event.eventId());
        JsonNode prompt = PromptPayload.read(Files.readString(file(event.payload())));
        assertThat(prompt.at("/messages/0/content/0/text").textValue().equals(text)).isTrue();
        assertThat(event.facts().estimatedInputTokens()).isGreaterThan(EIGHT_MIB / 4);
    }

    @Test
    void smallPromptTravelsInsideItsEvent() {
        RequestEvent event = submitted(body("x".repeat(60_000)));
        assertThat(event.payload()).contains("xxx");
    }

    @Test
    void whatIsLargerThanThatIsRefused() {
        Answer answer = ingress.send("POST", "/v1/requests", key, body("x".repeat(9 << 20)));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().get("detail").textValue()).contains("8 MiB");
    }

    @Test
    void promptThatCannotBeStoredLeavesNothingOnTheStream() throws IOException {
        String tenantKey = ingress.newTenant("no-room", "business");
        Files.write(objects.resolve("no-room"), new byte[] {1}); // where the directory would be
        Answer answer = ingress.send("POST", "/v1/requests", tenantKey, body("x".repeat(70_000)));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.response().body()).doesNotContain("xxx");
        assertThat(engine.requests("no-room")).isEmpty();
    }

    @Test
    void promptsOfABatchLieApartToo() {
        String lines = body("y".repeat(70_000)) + "\n" + body("small") + "\n";
        Answer answer =
                ingress.send(
                        "POST", "/v1/batches", key, lines, "Content-Type", "application/x-ndjson");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        List<RequestEvent> large =
                engine.requests("payloads").stream()
                        .filter(e -> PayloadReferenceJson.isReference(e.payload()))
                        .filter(e -> e.facts().priority() == Priority.LOW)
                        .toList();
        assertThat(large).hasSize(1);
        assertThat(file(large.get(0).payload())).exists();
    }

    @Test
    void theSameCallUnderItsKeyRefersToTheSamePrompt() throws IOException {
        String[] once = {"Idempotency-Key", "\"large\""};
        String body = body("z".repeat(70_000));
        String id =
                ingress.send("POST", "/v1/requests", key, body, once).json().get("id").textValue();
        Answer again = ingress.send("POST", "/v1/requests", key, body, once);
        assertThat(again.json().get("id").textValue()).isEqualTo(id);
        List<String> payloads =
                engine.requests("payloads").stream()
                        .filter(e -> e.eventId().equals(id))
                        .map(RequestEvent::payload)
                        .toList();
        assertThat(payloads).hasSizeGreaterThanOrEqualTo(2).allMatch(payloads.get(0)::equals);
        try (Stream<Path> files = Files.list(file(payloads.get(0)).getParent())) {
            assertThat(files).hasSize(1);
        }
    }

    /** Of a request that still travelled whole, from before there was an object store. */
    @Test
    void redrivenPromptLiesApartBeforeItsEventIsOnTheStream() throws IOException {
        RequestEvent small = submitted(body("hi"));
        String prompt = PromptPayload.ofUserText("r".repeat(70_000), 16);
        String letter =
                Letters.store(
                        ingress.aws(),
                        Letters.of(
                                small.toBuilder().payload(prompt).build(),
                                small.facts().receivedAtMillis()));
        Answer answer =
                ingress.send(
                        "POST",
                        "/v1/admin/dead-letters/" + letter + "/redrive",
                        ingress.adminKey(),
                        null);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        RequestEvent again = event(answer.json().get("redriven_as").textValue());
        assertThat(PayloadReferenceJson.isReference(again.payload())).isTrue();
        assertThat(Files.readString(file(again.payload()))).isEqualTo(prompt);
    }

    @Test
    void largeAnswerIsServedToItsTenantAloneAndLeftOutOfLists() {
        String text = "a".repeat(EIGHT_MIB);
        ResultItem item = answered(text);
        Answer read = ingress.send("GET", "/v1/requests/" + item.requestId(), key, null);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json().at("/output/text").textValue().equals(text)).isTrue();
        assertThat(read.json().at("/output/stop_reason").textValue()).isEqualTo("end_turn");
        Answer other = ingress.send("GET", "/v1/requests/" + item.requestId(), otherKey, null);
        assertThat(other.status()).isEqualTo(404);
        JsonNode listed = ingress.send("GET", "/v1/requests?limit=100", key, null).json();
        for (JsonNode one : listed.get("requests")) {
            if (one.get("id").textValue().equals(item.requestId())) {
                assertThat(one.at("/output/omitted").booleanValue()).isTrue();
                assertThat(one.at("/output/stop_reason").textValue()).isEqualTo("end_turn");
                return;
            }
        }
        throw new AssertionError("the item is not listed");
    }

    @Test
    void lostAnswerIsAPayloadErrorAndNoCrash() throws IOException {
        ResultItem gone = answered("b".repeat(70_000));
        Files.delete(file(gone.output()));
        assertPayloadError(gone);
        ResultItem changed = answered("c".repeat(70_000));
        byte[] bytes = Files.readAllBytes(file(changed.output()));
        bytes[1_000] ^= 1;
        Files.write(file(changed.output()), bytes);
        assertPayloadError(changed);
    }

    /** A result that refers to another tenant's answer, as no job writes it. */
    @Test
    void foreignReferenceIsNotFollowed() {
        LargePayload foreign =
                LargePayload.answer(
                        "payloads-too",
                        "req_1",
                        AnswerPayload.ofText("secret".repeat(20_000), "end_turn"),
                        65_536);
        ingress.context().getBean(PayloadStore.class).put(foreign).join();
        ResultItem item =
                engine.succeeded(submitted(body("hi"))).toBuilder()
                        .output(foreign.referenceText())
                        .build();
        engine.store(item);
        assertPayloadError(item);
    }

    private static void assertPayloadError(ResultItem item) {
        Answer read = ingress.send("GET", "/v1/requests/" + item.requestId(), key, null);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json().get("status").textValue()).isEqualTo("failed");
        assertThat(read.json().at("/decision/reason").textValue()).isEqualTo("payload-error");
        assertThat(read.json().get("output").isNull()).isTrue();
        assertThat(read.json().get("cost_usd").textValue()).isEqualTo("0.000000175");
        assertThat(read.response().body()).doesNotContain("secret");
    }

    /** A request with an answer that lies where a job would put it. */
    private static ResultItem answered(String text) {
        RequestEvent event = submitted(body("hi"));
        LargePayload answer =
                LargePayload.answer(
                        "payloads",
                        event.eventId(),
                        AnswerPayload.ofText(text, "end_turn"),
                        65_536);
        ingress.context().getBean(PayloadStore.class).put(answer).join();
        ResultItem item =
                engine.succeeded(event).toBuilder().output(answer.referenceText()).build();
        engine.store(item);
        return item;
    }
}
