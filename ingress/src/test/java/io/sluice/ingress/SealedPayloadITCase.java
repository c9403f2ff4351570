package io.sluice.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.Decision;
import io.sluice.contract.PayloadKind;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.ResultItem;
import io.sluice.contract.SealedPayload;
import io.sluice.contract.Verdict;
import io.sluice.contract.json.AnswerPayload;
import io.sluice.contract.json.PayloadReferenceJson;
import io.sluice.contract.json.SealedText;
import io.sluice.ingress.RunningIngress.Answer;
import io.sluice.objects.key.KeyPlace;
import io.sluice.objects.key.MasterKeyFile;
import io.sluice.objects.seal.PayloadVault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Payloads leave the ingress sealed and come back to their tenant open. */
@ExtendWith(SharedAws.class)
class SealedPayloadITCase {
    private static final String CANARY = "canary-5be1";

    @TempDir static Path dir;
    static Path objects;
    static RunningIngress ingress;
    static EngineByHand engine;
    static PayloadVault job;
    static String key;

    @BeforeAll
    static void start(LocalAws shared) throws IOException {
        objects = dir.resolve("objects");
        Path master = dir.resolve("master.key");
        MasterKeyFile.createIfMissing(master);
        String keys = dir.resolve("tenants").toString();
        ingress =
                RunningIngress.over(
                        shared,
                        Map.of(
                                "sluice.objects", objects.toString(),
                                "sluice.keys", keys,
                                "sluice.master-key", master.toString()));
        engine = new EngineByHand(shared);
        job =
                new PayloadVault(
                        KeyPlace.open(
                                keys,
                                master.toString(),
                                UnaryOperator.identity(),
                                System::currentTimeMillis));
        key = ingress.newTenant("sealed", "enterprise");
    }

    @AfterAll
    static void stop() throws Exception {
        job.close();
        ingress.close();
    }

    private static String body(String text) {
        return "{\"model\":\"amazon.nova-micro-v1:0\",\"messages\":[{\"role\":\"user\",\"content\":\""
                + text
                + "\"}]}";
    }

    private static RequestEvent submitted(String text, String... headers) {
        Answer answer = ingress.send("POST", "/v1/requests", key, body(text), headers);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        return engine.request(answer.json().get("id").textValue());
    }

    private static String opened(RequestEvent event, String sealed) {
        return done(job.open("sealed", PayloadKind.PROMPT, event.eventId(), sealed));
    }

    private static <T> T done(CompletableFuture<T> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Test
    void aPromptIsOnTheStreamSealedForItsRequest() {
        RequestEvent event = submitted(CANARY);
        assertThat(SealedText.isSealed(event.payload())).isTrue();
        assertThat(opened(event, event.payload())).contains(CANARY);
    }

    @Test
    void aLargePromptLiesApartSealed() throws IOException {
        RequestEvent event = submitted(CANARY + "x".repeat(1 << 20));
        Path file = objects.resolve(PayloadReferenceJson.read(event.payload()).key());
        byte[] stored = Files.readAllBytes(file);
        assertThat(SealedPayload.isOne(stored)).isTrue();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain(CANARY);
        assertThat(opened(event, SealedText.of(stored))).contains(CANARY);
    }

    @Test
    void whatTravelsInsideItsEventIsAsLargeAsBefore() {
        assertThat(SealedText.isSealed(submitted("x".repeat(65_000)).payload())).isTrue();
    }

    @Test
    void promptsOfABatchAreSealedToo() {
        String lines = body(CANARY) + "\n" + body(CANARY + " two") + "\n";
        Answer answer =
                ingress.send(
                        "POST", "/v1/batches", key, lines, "Content-Type", "application/x-ndjson");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        List<RequestEvent> events = engine.requests("sealed");
        assertThat(events).hasSizeGreaterThanOrEqualTo(2);
        for (RequestEvent event : events) {
            assertThat(event.payload()).doesNotContain(CANARY);
        }
    }

    @Test
    void theSameCallUnderItsKeyIsSealedForTheSameRequest() {
        String[] once = {"Idempotency-Key", "\"sealed\""};
        RequestEvent event = submitted(CANARY, once);
        submitted(CANARY, once);
        List<String> payloads =
                engine.requests("sealed").stream()
                        .filter(e -> e.eventId().equals(event.eventId()))
                        .map(RequestEvent::payload)
                        .toList();
        assertThat(payloads).hasSizeGreaterThanOrEqualTo(2);
        payloads.forEach(one -> assertThat(opened(event, one)).contains(CANARY));
    }

    @Test
    void aSealedAnswerIsShownToItsTenant() {
        ResultItem item = answered(CANARY, Verdict.INVOKED, false);
        JsonNode read = read(item);
        assertThat(read.at("/output/text").textValue()).isEqualTo(CANARY);
        JsonNode listed = ingress.send("GET", "/v1/requests?limit=100", key, null).json();
        assertThat(listed.toString()).contains(CANARY);
    }

    @Test
    void anotherRequestsAnswerIsShownWhereItWasSharedAndNowhereElse() {
        ResultItem own = answered(CANARY + "-moved", Verdict.INVOKED, false);
        assertThat(moved(own, Verdict.CACHE_HIT).at("/output/text").textValue())
                .isEqualTo(CANARY + "-moved");
        assertThat(moved(own, Verdict.COALESCED).at("/output/text").textValue())
                .isEqualTo(CANARY + "-moved");
        JsonNode stolen = moved(own, Verdict.INVOKED);
        assertThat(stolen.get("status").textValue()).isEqualTo("failed");
        assertThat(stolen.at("/decision/reason").textValue()).isEqualTo("payload-error");
        assertThat(stolen.toString()).doesNotContain(CANARY);
    }

    @Test
    void aRedrivenPromptIsSealedForItsNewRequest() {
        RequestEvent event = submitted(CANARY + " again");
        String letter =
                Letters.store(ingress.aws(), Letters.of(event, event.facts().receivedAtMillis()));
        Answer answer =
                ingress.send(
                        "POST",
                        "/v1/admin/dead-letters/" + letter + "/redrive",
                        ingress.adminKey(),
                        null);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        RequestEvent again = engine.request(answer.json().get("redriven_as").textValue());
        assertThat(again.eventId()).isNotEqualTo(event.eventId());
        assertThat(opened(again, again.payload())).contains(CANARY + " again");
    }

    @Test
    void answersUnderADestroyedKeyArePayloadErrors() {
        String other = ingress.newTenant("shredded", "business");
        Answer answer = ingress.send("POST", "/v1/requests", other, body(CANARY));
        RequestEvent event = engine.request(answer.json().get("id").textValue());
        String elsewhere =
                done(job.sealPrompt("gone", 1, event.eventId(), "{}")); // a key nobody remembers
        done(job.destroyKeys("gone"));
        ResultItem item = engine.succeeded(event).toBuilder().output(elsewhere).build();
        engine.store(item);
        Answer read = ingress.send("GET", "/v1/requests/" + event.eventId(), other, null);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json().at("/decision/reason").textValue()).isEqualTo("payload-error");
    }

    private static JsonNode moved(ResultItem own, Verdict outcome) {
        RequestEvent other = submitted("another");
        ResultItem item =
                engine.succeeded(other).toBuilder()
                        .decision(decision(own, outcome))
                        .output(own.output())
                        .build();
        engine.store(item);
        return read(item);
    }

    private static Decision decision(ResultItem item, Verdict outcome) {
        return item.decision().toBuilder().outcome(outcome).build();
    }

    private static JsonNode read(ResultItem item) {
        return ingress.send("GET", "/v1/requests/" + item.requestId(), key, null).json();
    }

    /** A request with an answer as a job seals it. */
    private static ResultItem answered(String text, Verdict outcome, boolean stale) {
        RequestEvent event = submitted("hi");
        String sealed =
                job.sealAnswer(
                        done(job.keyOf("sealed", event.payload())),
                        "sealed",
                        event.eventId(),
                        AnswerPayload.ofText(text, "end_turn"));
        ResultItem succeeded = engine.succeeded(event);
        ResultItem item =
                succeeded.toBuilder()
                        .decision(decision(succeeded, outcome))
                        .output(sealed)
                        .stale(stale)
                        .build();
        engine.store(item);
        return item;
    }
}
