package io.sluice.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.CommandEvent;
import io.sluice.contract.Event;
import io.sluice.contract.Names;
import io.sluice.contract.Priority;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.WritePause;
import io.sluice.contract.json.Json;
import io.sluice.ingress.RunningIngress.Answer;
import io.sluice.ingress.aws.Items;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class BatchITCase {
    @TempDir static Path dir;
    static RunningIngress ingress;
    static EngineByHand engine;

    @BeforeAll
    static void start() throws Exception {
        ingress = RunningIngress.start(dir);
        engine = new EngineByHand(ingress.aws());
    }

    @AfterAll
    static void stop() throws Exception {
        ingress.close();
    }

    @Test
    void everyLineIsARequestOfLowPriority() {
        String key = ingress.newTenant("lines", "free");
        Answer answer = submit(key, line("a", "one") + "\n\r\n" + line("b", "two"));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        String id = answer.json().get("id").textValue();
        assertThat(answer.header("Location")).isEqualTo("/v1/batches/" + id);
        assertThat(answer.json().get("total").intValue()).isEqualTo(2);
        assertThat(answer.json().at("/counts/queued").intValue()).isEqualTo(2);
        assertThat(ApiDescription.fieldsOf(answer.json()))
                .isEqualTo(ApiDescription.fieldsOf("Batch"));
        assertThat(ApiDescription.fieldsOf(answer.json().get("counts")))
                .isEqualTo(ApiDescription.fieldsOf("BatchCounts"));
        List<RequestEvent> events = engine.requests("lines");
        assertThat(events).hasSize(2);
        assertThat(events).allMatch(e -> e.facts().priority() == Priority.LOW);
        assertThat(events).anyMatch(e -> e.payload().contains("one"));
        assertThat(events).anyMatch(e -> e.payload().contains("two"));
        long hour = 3_600_000;
        assertThat(
                        events.get(0).facts().deadlineAtMillis()
                                - events.get(0).facts().receivedAtMillis())
                .isBetween(hour, hour + 60_000);
        assertThat(
                        ingress.send("GET", "/v1/requests/" + events.get(0).eventId(), key, null)
                                .status())
                .isEqualTo(200);
    }

    @Test
    void oneWrongLineRefusesAllAndIsNamed() {
        String key = ingress.newTenant("wrong", "free");
        Answer answer =
                submit(
                        key,
                        line("a", "one")
                                + "\n\n{\"model\":1}\n"
                                + line("a", "x")
                                + "\n"
                                + line("d", "x").replace("{\"", "{\"priority\":\"high\",\"")
                                + "\nnonsense");
        assertThat(answer.status()).isEqualTo(400);
        JsonNode errors = answer.json().get("errors");
        assertThat(errors).extracting(e -> e.get("line").intValue()).containsExactly(3, 4, 5, 6);
        assertThat(errors.get(0).get("detail").textValue()).contains("model");
        assertThat(errors.get(1).get("detail").textValue()).contains("custom_id");
        assertThat(errors.get(2).get("detail").textValue()).contains("low");
        assertThat(engine.events("wrong")).isEmpty();
    }

    @Test
    void bodiesThatAreNoBatchAreRefused() {
        String key = ingress.newTenant("refused", "free");
        assertThat(submit(key, "\n \n").status()).isEqualTo(400);
        Answer json = ingress.send("POST", "/v1/batches", key, line("a", "x"));
        assertThat(json.status()).isEqualTo(415);
        assertThat(json.json().get("detail").textValue()).contains("application/x-ndjson");
        assertThat(submit(key, "{}\n".repeat(10_001)).json().get("detail").textValue())
                .contains("10001 lines");
        assertThat(submit(key, " ".repeat(17 * 1024 * 1024)).status()).isEqualTo(413);
        assertThat(ingress.send("GET", "/v1/batches/batch_x", key, null).status()).isEqualTo(404);
    }

    @Test
    void tenThousandRequestsFitAndAreStoredOnce() {
        String key = ingress.newTenant("large", "enterprise");
        String body =
                IntStream.range(0, 10_000)
                        .mapToObj(i -> line("item-" + i, "question " + i))
                        .collect(Collectors.joining("\n"));
        Answer answer = submit(key, body, "Idempotency-Key", "\"large\"");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        List<RequestEvent> events = engine.requests("large");
        assertThat(events).hasSize(10_000).extracting(Event::eventId).doesNotHaveDuplicates();
        assertThat(events).anyMatch(e -> e.payload().contains("question 9999"));
        Answer again = submit(key, body, "Idempotency-Key", "\"large\"");
        assertThat(again.response().body()).isEqualTo(answer.response().body());
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(engine.requests("large")).hasSize(10_000);
        JsonNode progress = read(key, answer.json().get("id").textValue());
        assertThat(progress.at("/counts/queued").intValue()).isEqualTo(10_000);
    }

    @Test
    void batchThatDiedBeforeAllWasStoredIsCompletedUnderTheSameIds() {
        String key = ingress.newTenant("crash", "free");
        String body = line("a", "one") + "\n" + line("b", "two");
        Answer first = submit(key, body, "Idempotency-Key", "\"k\"");
        List<String> ids = engine.requests("crash").stream().map(RequestEvent::eventId).toList();
        unstore("crash", first.json().get("id").textValue(), System.currentTimeMillis());
        assertThat(read(key, first.json().get("id").textValue()).get("status").textValue())
                .isEqualTo("storing");
        Answer next = submit(key, body, "Idempotency-Key", "\"k\"");
        assertThat(next.response().body()).isEqualTo(first.response().body());
        assertThat(engine.requests("crash"))
                .extracting(RequestEvent::eventId)
                .hasSize(4)
                .hasSameElementsAs(ids);
    }

    @Test
    void whatHasEndedIsNotStoredAgain() {
        String key = ingress.newTenant("half", "free");
        String body = line("a", "one") + "\n" + line("b", "two");
        String id = submit(key, body, "Idempotency-Key", "\"k\"").json().get("id").textValue();
        RequestEvent ended = event("half", "one");
        engine.store(engine.succeeded(ended));
        unstore("half", id, System.currentTimeMillis());
        assertThat(submit(key, body, "Idempotency-Key", "\"k\"").status()).isEqualTo(202);
        assertThat(engine.requests("half"))
                .hasSize(3)
                .filteredOn(e -> e.eventId().equals(ended.eventId()))
                .hasSize(1);
    }

    @Test
    void batchThatDiedAnHourAgoStoresNothingTheEngineWouldTakeForNew() {
        String key = ingress.newTenant("late", "free");
        String body = line("a", "one") + "\n" + line("b", "two");
        String id = submit(key, body, "Idempotency-Key", "\"k\"").json().get("id").textValue();
        unstore("late", id, System.currentTimeMillis() - 3_600_000);
        Answer late = submit(key, body, "Idempotency-Key", "\"k\"");
        assertThat(late.status()).as(late.response().body()).isEqualTo(409);
        assertThat(late.header("x-should-retry")).isEqualTo("false");
        assertThat(engine.requests("late")).hasSize(2);
        engine.requests("late").forEach(e -> engine.store(engine.succeeded(e)));
        assertThat(submit(key, body, "Idempotency-Key", "\"k\"").status()).isEqualTo(202);
        assertThat(read(key, id).get("status").textValue()).isEqualTo("ended");
        assertThat(engine.requests("late")).hasSize(2);
    }

    @Test
    void batchThatDiedBeforeItWasStoredAtAllIsMadeUnderTheClaimedId() {
        String key = ingress.newTenant("crash2", "free");
        String body = line("a", "one");
        Answer first = submit(key, body, "Idempotency-Key", "\"k\"");
        String id = first.json().get("id").textValue();
        ingress.aws()
                .dynamoDbClient()
                .deleteItem(
                        b ->
                                b.tableName(Names.BATCHES_TABLE)
                                        .key(
                                                Map.of(
                                                        "tenant_id", Items.text("crash2"),
                                                        "item", Items.text(id))))
                .join();
        Answer next = submit(key, body, "Idempotency-Key", "\"k\"");
        assertThat(next.response().body()).isEqualTo(first.response().body());
        assertThat(read(key, id).get("total").intValue()).isEqualTo(1);
    }

    @Test
    void storedBatchIsAnsweredAgainWhateverTheRulesOfNowAre() {
        String key = ingress.newTenant("stricter", "free");
        String body = line("a", "one").replace("{\"custom", "{\"max_tokens\":50,\"custom");
        Answer first = submit(key, body, "Idempotency-Key", "\"k\"");
        Answer half = submit(key, body, "Idempotency-Key", "\"half\"");
        ingress.send(
                "PUT",
                "/v1/admin/tenants/stricter",
                ingress.adminKey(),
                "{\"overrides\":{\"max_tokens\":10}}");
        await().until(() -> submit(key, body).status() == 400);
        Answer again = submit(key, body, "Idempotency-Key", "\"k\"");
        assertThat(again.status()).as(again.response().body()).isEqualTo(202);
        assertThat(again.response().body()).isEqualTo(first.response().body());
        String id = half.json().get("id").textValue();
        unstore("stricter", id, System.currentTimeMillis());
        Answer refused = submit(key, body, "Idempotency-Key", "\"half\"");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("Location")).isEqualTo("/v1/batches/" + id);
    }

    @Test
    void sameKeyForAnotherBatchIsUnprocessable() {
        String key = ingress.newTenant("other", "free");
        submit(key, line("a", "one"), "Idempotency-Key", "\"k\"");
        assertThat(submit(key, line("a", "two"), "Idempotency-Key", "\"k\"").status())
                .isEqualTo(422);
    }

    @Test
    void progressAndResultsShowWhatHasEndedInTheOrderOfTheBatch() {
        String key = ingress.newTenant("results", "free");
        String body =
                IntStream.range(0, 120)
                        .mapToObj(i -> line("item-" + i, "question " + i))
                        .collect(Collectors.joining("\n"));
        String id = submit(key, body).json().get("id").textValue();
        for (int i : new int[] {110, 3, 50}) {
            engine.store(engine.succeeded(event("results", "question " + i)));
        }
        engine.store(engine.rejected(event("results", "question 70"), Names.REQUESTS_PER_MINUTE));
        JsonNode progress = read(key, id);
        assertThat(progress.get("status").textValue()).isEqualTo("running");
        assertThat(progress.get("done").intValue()).isEqualTo(4);
        assertThat(progress.at("/counts/succeeded").intValue()).isEqualTo(3);
        assertThat(progress.at("/counts/rejected").intValue()).isEqualTo(1);
        assertThat(progress.at("/counts/queued").intValue()).isEqualTo(116);
        Answer results = ingress.send("GET", "/v1/batches/" + id + "/results", key, null);
        assertThat(results.status()).isEqualTo(200);
        assertThat(results.header("Content-Type")).startsWith("application/x-ndjson");
        List<JsonNode> lines = results.response().body().lines().map(Json::parse).toList();
        assertThat(lines)
                .extracting(l -> l.get("custom_id").textValue())
                .containsExactly("item-3", "item-50", "item-70", "item-110");
        assertThat(lines.get(0).get("id").textValue())
                .isEqualTo(event("results", "question 3").eventId());
        assertThat(ApiDescription.fieldsOf(lines.get(0)))
                .isEqualTo(ApiDescription.fieldsOf("BatchResult"));
        assertThat(lines.get(0).at("/item/output/text").textValue()).isEqualTo("Hello");
        assertThat(lines.get(2).at("/item/status").textValue()).isEqualTo("rejected");
    }

    @Test
    void batchEndsWithItsLastRequest() {
        String key = ingress.newTenant("ends", "free");
        String id = submit(key, line("a", "one")).json().get("id").textValue();
        assertThat(
                        ingress.send("GET", "/v1/batches/" + id + "/results", key, null)
                                .response()
                                .body())
                .isEmpty();
        engine.store(engine.succeeded(engine.requests("ends").get(0)));
        assertThat(read(key, id).get("status").textValue()).isEqualTo("ended");
        Answer cancel = ingress.send("DELETE", "/v1/batches/" + id, key, null);
        assertThat(cancel.status()).isEqualTo(409);
        assertThat(cancel.header("x-should-retry")).isEqualTo("false");
    }

    @Test
    void cancellingWithdrawsWhatHasNoResult() {
        String key = ingress.newTenant("cancels", "free");
        String id =
                submit(key, line("a", "one") + "\n" + line("b", "two") + "\n" + line("c", "three"))
                        .json()
                        .get("id")
                        .textValue();
        engine.store(engine.succeeded(event("cancels", "two")));
        Answer answer = ingress.send("DELETE", "/v1/batches/" + id, key, null);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        assertThat(answer.json().get("cancelling").booleanValue()).isTrue();
        assertThat(
                        engine.events("cancels").stream()
                                .filter(CommandEvent.class::isInstance)
                                .map(e -> ((CommandEvent) e).subject()))
                .containsExactlyInAnyOrder(
                        event("cancels", "one").eventId(), event("cancels", "three").eventId());
    }

    @Test
    void cancelledBatchIsNotStartedByItsRepetition() {
        String key = ingress.newTenant("cancelled", "free");
        String body = line("a", "one") + "\n" + line("b", "two");
        String id = submit(key, body, "Idempotency-Key", "\"k\"").json().get("id").textValue();
        assertThat(ingress.send("DELETE", "/v1/batches/" + id, key, null).status()).isEqualTo(202);
        unstore("cancelled", id); // as if that had been before its first request was stored
        Answer again = submit(key, body, "Idempotency-Key", "\"k\"");
        assertThat(again.status()).as(again.response().body()).isEqualTo(202);
        assertThat(again.json().get("cancelling").booleanValue()).isTrue();
        assertThat(engine.requests("cancelled")).hasSize(2);
        JsonNode seen = read(key, id);
        assertThat(seen.get("status").textValue()).isEqualTo("ended");
        assertThat(seen.at("/counts/cancelled").intValue()).isEqualTo(2);
    }

    @Test
    void batchThatWasNotStoredAsAWholeIsNamedAndCompletedLater() {
        String key = ingress.newTenant("named", "free");
        Map<String, AttributeValue> pause =
                Map.of(
                        "tenant_id", Items.text(WritePause.TENANT_KEY),
                        "item", Items.text(WritePause.ITEM));
        Map<String, AttributeValue> paused = new HashMap<>(pause);
        paused.put(WritePause.UNTIL_MILLIS, Items.number(System.currentTimeMillis() + 60_000));
        var tables = ingress.aws().dynamoDbClient();
        tables.putItem(b -> b.tableName(Names.TENANTS_TABLE).item(paused)).join();
        await().until(() -> submitOne(key).status() == 503);
        Answer withKey = submit(key, line("a", "one"), "Idempotency-Key", "\"k\"");
        Answer without = submit(key, line("a", "one"));
        tables.deleteItem(b -> b.tableName(Names.TENANTS_TABLE).key(pause)).join();
        assertNamed(key, withKey, "same Idempotency-Key", "true");
        assertNamed(key, without, "cancel it before", "false");
        await().until(() -> submitOne(key).status() == 202);
        Answer completed = submit(key, line("a", "one"), "Idempotency-Key", "\"k\"");
        assertThat(completed.status()).as(completed.response().body()).isEqualTo(202);
        assertThat(completed.json().get("id")).isEqualTo(withKey.json().at("/batch/id"));
    }

    private static void assertNamed(String key, Answer answer, String advice, String retry) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(503);
        assertThat(answer.header("x-should-retry")).isEqualTo(retry);
        assertThat(answer.json().get("detail").textValue()).contains(advice);
        String id = answer.json().at("/batch/id").textValue();
        assertThat(answer.header("Location")).isEqualTo("/v1/batches/" + id);
        assertThat(answer.json().at("/batch/status").textValue()).isEqualTo("storing");
        assertThat(read(key, id).get("total").intValue()).isEqualTo(1);
    }

    private static Answer submitOne(String key) {
        return ingress.send(
                "POST", "/v1/requests", key, line("a", "x").replace("\"custom_id\":\"a\",", ""));
    }

    @Test
    void batchesOfOtherTenantsAreNotFound() {
        String mine = ingress.newTenant("mine", "free");
        String theirs = ingress.newTenant("theirs", "free");
        String id = submit(mine, line("a", "one")).json().get("id").textValue();
        for (String path : new String[] {"/v1/batches/" + id, "/v1/batches/" + id + "/results"}) {
            assertThat(ingress.send("GET", path, theirs, null).status()).isEqualTo(404);
        }
        assertThat(ingress.send("DELETE", "/v1/batches/" + id, theirs, null).status())
                .isEqualTo(404);
        assertThat(engine.events("theirs")).isEmpty();
    }

    /** As if the process had ended before the mark that all is stored. */
    private static void unstore(String tenantId, String id, Long... begunAtMillis) {
        AttributeValue begun =
                AttributeValue.fromL(Stream.of(begunAtMillis).map(Items::number).toList());
        ingress.aws()
                .dynamoDbClient()
                .updateItem(
                        b ->
                                b.tableName(Names.BATCHES_TABLE)
                                        .key(
                                                Map.of(
                                                        "tenant_id", Items.text(tenantId),
                                                        "item", Items.text(id)))
                                        .updateExpression("SET #stored = :no, begun_at = :begun")
                                        .expressionAttributeNames(Map.of("#stored", "stored"))
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":no",
                                                        AttributeValue.fromBool(false),
                                                        ":begun",
                                                        begun)))
                .join();
    }

    private static RequestEvent event(String tenantId, String question) {
        return engine.requests(tenantId).stream()
                .filter(e -> e.payload().contains('"' + question + '"'))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode read(String key, String id) {
        return ingress.send("GET", "/v1/batches/" + id, key, null).json();
    }

    private static Answer submit(String key, String lines, String... more) {
        String[] headers = new String[more.length + 2];
        headers[0] = "Content-Type";
        headers[1] = "application/x-ndjson";
        System.arraycopy(more, 0, headers, 2, more.length);
        return ingress.send("POST", "/v1/batches", key, lines, headers);
    }

    private static String line(String customId, String question) {
        return "{\"custom_id\":\""
                + customId
                + "\",\"model\":\"amazon.nova-micro-v1:0\",\"messages\":[{\"role\":\"user\",\"content\":\""
                + question
                + "\"}]}";
    }
}
