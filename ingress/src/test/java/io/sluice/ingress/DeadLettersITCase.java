package io.sluice.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.CommandEvent;
import io.sluice.contract.DeadLetter;
import io.sluice.contract.DeadLetterId;
import io.sluice.contract.DeadLetterItem;
import io.sluice.contract.DeadLetterReason;
import io.sluice.contract.Names;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.WritePause;
import io.sluice.contract.json.DeadLetterItemJson;
import io.sluice.contract.json.EventJson;
import io.sluice.ingress.RunningIngress.Answer;
import io.sluice.ingress.aws.Items;
import io.sluice.ingress.requestid.RequestIds;
import io.sluice.ingress.stream.WritePauses;
import io.sluice.ingress.submit.Intake;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@ExtendWith(SharedAws.class)
class DeadLettersITCase {
    private static final String PATH = "/v1/admin/dead-letters";
    private static final String CANARY = "canary-prompt-51c2";
    private static final long HOUR = Duration.ofHours(1).toMillis();

    static RunningIngress ingress;
    static EngineByHand engine;

    @BeforeAll
    static void start(RunningIngress shared) {
        ingress = shared;
        engine = new EngineByHand(ingress.aws());
    }

    @Test
    void requestIsRedrivenOnceUnderOneNewIdByThePolicyOfNow() {
        String key = ingress.newTenant("redrives", "free");
        RequestEvent first = submitted("redrives", key);
        String id = store(Letters.of(first, now() - HOUR));
        ingress.send(
                "PUT",
                "/v1/admin/tenants/redrives",
                ingress.adminKey(),
                "{\"tier\":\"free\",\"overrides\":{\"requests_per_minute\":7}}");

        JsonNode answer = redriven(id);
        assertThat(ApiDescription.fieldsOf(answer))
                .isEqualTo(ApiDescription.fieldsOf("RedrivenLetter"));
        String as = answer.get("redriven_as").textValue();
        assertThat(as).startsWith("req_").isNotEqualTo(first.eventId());
        assertThat(answer.get("repeated").booleanValue()).isFalse();

        RequestEvent again = engine.requests("redrives").get(1);
        assertThat(again.eventId()).isEqualTo(as);
        assertThat(again.payload()).isEqualTo(first.payload());
        assertThat(again.facts().promptHash()).isEqualTo(first.facts().promptHash());
        assertThat(again.facts().policy().requestsPerMinute()).isEqualTo(7);
        assertThat(again.facts().receivedAtMillis())
                .isGreaterThan(first.facts().receivedAtMillis());
        assertThat(again.facts().deadlineAtMillis())
                .isGreaterThanOrEqualTo(again.facts().receivedAtMillis() + 60_000);
        assertThat(ingress.send("GET", "/v1/requests/" + as, key, null).status()).isEqualTo(200);

        engine.store(engine.succeeded(again));
        JsonNode repeated = redriven(id);
        assertThat(repeated.get("redriven_as").textValue()).isEqualTo(as);
        assertThat(repeated.get("redriven_at")).isEqualTo(answer.get("redriven_at"));
        assertThat(repeated.get("repeated").booleanValue()).isTrue();
        assertThat(engine.requests("redrives")).hasSize(2);
        JsonNode letter = get("/" + id).json();
        assertThat(letter.get("status").textValue()).isEqualTo("redriven");
        assertThat(letter.get("redriven_as").textValue()).isEqualTo(as);
    }

    /** The claim is there, the event is not. */
    @Test
    void redriveThatDiedBetweenClaimAndEventIsRepairedByTheNext() {
        String key = ingress.newTenant("repairs", "free");
        RequestEvent first = submitted("repairs", key);
        DeadLetter letter = Letters.of(first, now() - HOUR);
        String id = store(letter);
        long claimedAt = now() - 5_000;
        String claimed = claimed(letter, claimedAt);

        JsonNode answer = redriven(id);
        assertThat(answer.get("redriven_as").textValue()).isEqualTo(claimed);
        assertThat(answer.get("repeated").booleanValue()).isTrue();
        RequestEvent repaired = engine.requests("repairs").get(1);
        assertThat(repaired.eventId()).isEqualTo(claimed);
        assertThat(repaired.facts().receivedAtMillis()).isEqualTo(claimedAt);
        assertThat(repaired.payload()).isEqualTo(first.payload());
    }

    /** A repetition that cannot know whether the event is there appends; one that can does not. */
    @Test
    void redriveThatTheStreamRefusedStaysOpenUntilItIsStored() {
        RequestEvent first = submitted("refused", ingress.newTenant("refused", "free"));
        String id = store(Letters.of(first, now() - HOUR));
        long open = get("/counts").json().get("open").longValue();
        ingress.aws().kinesis().faults().failNextCalls("PutRecords", 1, "AccessDeniedException");
        assertThat(redrive(id).status()).isGreaterThanOrEqualTo(500);
        JsonNode letter = get("/" + id).json();
        assertThat(letter.get("status").textValue()).isEqualTo("open");
        String as = letter.get("redriven_as").textValue();
        assertThat(all("tenant=refused&status=open")).containsExactly(id);
        assertThat(all("tenant=refused&status=redriven")).isEmpty();
        assertThat(get("/counts").json().get("open").longValue()).isEqualTo(open);

        assertThat(redriven(id).get("redriven_as").textValue()).isEqualTo(as);
        assertThat(all("tenant=refused&status=open")).isEmpty();
        assertThat(all("tenant=refused&status=redriven")).containsExactly(id);
        assertThat(get("/counts").json().get("open").longValue()).isEqualTo(open - 1);
        assertThat(redriven(id).get("redriven_as").textValue()).isEqualTo(as);
        assertThat(engine.requests("refused"))
                .extracting(RequestEvent::eventId)
                .containsExactly(first.eventId(), as);
    }

    @Test
    void nothingIsClaimedWhileWritesPause() {
        RequestEvent first = submitted("pauses", ingress.newTenant("pauses", "free"));
        String id = store(Letters.of(first, now() - HOUR));
        Map<String, AttributeValue> pause =
                Map.of(
                        "tenant_id", Items.text(WritePause.TENANT_KEY),
                        "item", Items.text(WritePause.ITEM));
        Map<String, AttributeValue> wished = new HashMap<>(pause);
        wished.put(WritePause.OWNER, Items.text("test"));
        wished.put(WritePause.UNTIL_MILLIS, Items.number(now() + 60_000));
        var tables = ingress.aws().dynamoDbClient();
        WritePauses pauses = ingress.context().getBean(WritePauses.class);
        tables.putItem(b -> b.tableName(Names.TENANTS_TABLE).item(wished)).join();
        try {
            await().until(() -> pauses.leftMillis() > 0);
            assertThat(redrive(id).status()).isEqualTo(503);
            assertThat(get("/" + id).json().get("redriven_as").isNull()).isTrue();
        } finally {
            tables.deleteItem(b -> b.tableName(Names.TENANTS_TABLE).key(pause)).join();
            await().until(() -> pauses.leftMillis() == 0);
        }
        assertThat(redriven(id).get("repeated").booleanValue()).isFalse();
    }

    /** The engine would not know its id again, and it may still be on the stream. */
    @Test
    void redriveThatBeganLongAgoIsNotSentInOnceMore() {
        RequestEvent first = submitted("long-ago", ingress.newTenant("long-ago", "free"));
        DeadLetter letter = Letters.of(first, now() - 3 * HOUR);
        String id = store(letter);
        String as = claimed(letter, now() - HOUR);
        Answer refused = redrive(id);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("detail").textValue()).contains(as, "could run twice");
        assertThat(engine.requests("long-ago")).hasSize(1);

        engine.store(engine.succeeded(Intake.reissued(first, as, now() - HOUR)));
        assertThat(redriven(id).get("redriven_as").textValue()).isEqualTo(as);
        assertThat(engine.requests("long-ago")).hasSize(1);
        assertThat(all("tenant=long-ago&status=redriven")).containsExactly(id);
    }

    @Test
    void redriveOfWhichNothingIsOnTheStreamAnyMoreBeginsAnew() {
        RequestEvent first = submitted("anew", ingress.newTenant("anew", "free"));
        DeadLetter letter = Letters.of(first, now() - 30 * HOUR);
        String id = store(letter);
        String old = claimed(letter, now() - 26 * HOUR);
        await().until(() -> redrive(id).status() == 202); // once the retention, 24 h, is read
        String as = get("/" + id).json().get("redriven_as").textValue();
        assertThat(as).isNotEqualTo(old);
        assertThat(engine.requests("anew"))
                .extracting(RequestEvent::eventId)
                .containsExactly(first.eventId(), as);
    }

    @Test
    void redrivesAtOnceGiveOneId() {
        RequestEvent first = submitted("races", ingress.newTenant("races", "free"));
        String id = store(Letters.of(first, now() - HOUR));
        List<CompletableFuture<JsonNode>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(CompletableFuture.supplyAsync(() -> redriven(id)));
        }
        Set<String> ids = new TreeSet<>();
        int firsts = 0;
        for (CompletableFuture<JsonNode> each : all) {
            ids.add(each.join().get("redriven_as").textValue());
            firsts += each.join().get("repeated").booleanValue() ? 0 : 1;
        }
        assertThat(ids).hasSize(1);
        assertThat(firsts).isEqualTo(1);
        assertThat(engine.requests("races").stream().map(RequestEvent::eventId).distinct())
                .containsExactlyInAnyOrder(first.eventId(), ids.iterator().next());
    }

    @Test
    void recordThatNowParsesIsSentInAsItIs() {
        ingress.newTenant("heals", "free");
        CommandEvent command =
                CommandEvent.builder()
                        .tenantId("heals")
                        .commandId("c1")
                        .name(Names.CANCEL_REQUEST)
                        .subject("req_x")
                        .build();
        String id = store(malformed("heals", "1", EventJson.write(command)));
        JsonNode answer = redriven(id);
        assertThat(answer.get("redriven_as").textValue()).isEqualTo(command.eventId());
        assertThat(engine.events("heals")).containsExactly(command);
    }

    @Test
    void recordThatStillDoesNotParseIsRefusedWithWhatIsWrong() {
        ingress.newTenant("broken", "free");
        String half = "{\"v\":1,\"type\":\"request\",\"payload\":\"" + CANARY;
        String id = store(malformed("broken", "2", half.getBytes(StandardCharsets.UTF_8)));
        Answer answer = redrive(id);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        assertThat(answer.json().get("detail").textValue())
                .contains("still cannot be processed: not JSON")
                .doesNotContain(CANARY);

        RequestEvent own = submitted("broken2", ingress.newTenant("broken2", "free"));
        String foreign = store(malformed("broken", "3", EventJson.write(own)));
        assertThat(redrive(foreign).status()).isEqualTo(422);
        assertThat(redrive(foreign).json().get("detail").textValue())
                .contains("another tenant's partition key");
        assertThat(engine.events("broken")).isEmpty();
        assertThat(get("/" + id).json().get("status").textValue()).isEqualTo("open");
    }

    @Test
    void nothingIsRedrivenForATenantThatIsGoneOrSuspended() {
        RequestEvent event = submitted("leaves", ingress.newTenant("leaves", "free"));
        String id = store(Letters.of(event, now() - HOUR));
        ingress.send(
                "PUT",
                "/v1/admin/tenants/leaves",
                ingress.adminKey(),
                "{\"tier\":\"free\",\"suspended\":true}");
        assertThat(redrive(id).status()).isEqualTo(409);
        assertThat(redrive(id).json().get("detail").textValue()).contains("suspended");

        ingress.send("DELETE", "/v1/admin/tenants/leaves", ingress.adminKey(), null);
        assertThat(redrive(id).status()).isEqualTo(409);
        assertThat(redrive(id).json().get("detail").textValue()).contains("no tenant 'leaves'");

        String nobody = store(malformed("../x", "4", new byte[] {1}));
        assertThat(redrive(nobody).status()).isEqualTo(409);
        assertThat(engine.requests("leaves")).hasSize(1);
    }

    @Test
    void listingGoesPageByPageOverDaysNewestFirst() {
        List<String> stored = new ArrayList<>();
        long newest = now() - 2 * HOUR;
        for (int i = 0; i < 7; i++) {
            long at = newest - 20L * i * HOUR;
            DeadLetter letter = Letters.ofRequest("lists", "r" + i, at, "exhausted");
            stored.add(store(i == 3 ? letter.toBuilder().reason("payload-lost").build() : letter));
        }
        assertThat(all("tenant=lists&limit=3")).containsExactlyElementsOf(stored);
        assertThat(all("tenant=lists&limit=1&reason=payload-lost")).containsExactly(stored.get(3));
        assertThat(all("tenant=lists&from=" + Instant.ofEpochMilli(newest - 41 * HOUR)))
                .containsExactlyElementsOf(stored.subList(0, 3));
        assertThat(all("tenant=lists&to=" + Instant.ofEpochMilli(newest - 40 * HOUR)))
                .containsExactlyElementsOf(stored.subList(3, 7));
        assertThat(all("tenant=lists&status=redriven")).isEmpty();
        assertThat(all("tenant=lists&status=open&limit=2")).containsExactlyElementsOf(stored);
        assertThat(all("limit=2"))
                .containsSubsequence(stored)
                .isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(all("tenant=nobody")).isEmpty();
        assertThat(all("from=2026-01-02&to=2026-01-01")).isEmpty();
    }

    @Test
    void letterShowsAllButItsRecordUnlessAsked() {
        RequestEvent event = submitted("shows", ingress.newTenant("shows", "free"));
        String id = store(Letters.of(event, now() - HOUR));
        Answer answer = get("/" + id);
        assertThat(answer.response().body()).doesNotContain(CANARY);
        Set<String> fields = new TreeSet<>(ApiDescription.fieldsOf("DeadLetter"));
        JsonNode whole = get("/" + id + "?record=true").json();
        assertThat(ApiDescription.fieldsOf(whole)).isEqualTo(fields);
        fields.remove("record");
        assertThat(ApiDescription.fieldsOf(answer.json())).isEqualTo(fields);
        byte[] record = Base64.getDecoder().decode(whole.get("record").textValue());
        assertThat(EventJson.read(record)).isEqualTo(event);
        assertThat(whole.get("record_bytes").intValue()).isEqualTo(record.length);
        JsonNode page = get("?tenant=shows").json();
        assertThat(ApiDescription.fieldsOf(page))
                .isEqualTo(ApiDescription.fieldsOf("DeadLetterPage"));
        assertThat(page.at("/dead_letters/0")).isEqualTo(answer.json());
    }

    @Test
    void countsTellOpenLettersOfTheLastDayByReason() {
        JsonNode before = get("/counts").json();
        assertThat(ApiDescription.fieldsOf(before))
                .isEqualTo(ApiDescription.fieldsOf("DeadLetterCounts"));
        store(Letters.ofRequest("counts", "a", now() - 1_000, "ambiguous"));
        store(Letters.ofRequest("counts", "b", now() - 25 * HOUR, "ambiguous"));
        ingress.newTenant("counts", "free");
        JsonNode after = get("/counts").json();
        assertThat(after.at("/open_by_reason/ambiguous").intValue()).isEqualTo(1);
        assertThat(after.get("letters").intValue()).isGreaterThan(0);
        assertThat(after.get("complete").booleanValue()).isTrue();
        String days = "/counts?from=" + Instant.ofEpochMilli(now() - 48 * HOUR);
        assertThat(get(days).json().at("/open_by_reason/ambiguous").intValue()).isEqualTo(2);
    }

    @Test
    void largestRecordIsRedrivenWhole() {
        String key = ingress.newTenant("large", "free");
        RequestEvent small = submitted("large", key);
        RequestEvent large =
                small.toBuilder().payload(small.payload() + " ".repeat(700_000)).build();
        String id = store(Letters.of(large, now() - HOUR));
        redriven(id);
        assertThat(engine.requests("large").get(1).payload()).isEqualTo(large.payload());
    }

    @Test
    void whatIsNotThereOrMisspeltIsAProblem() {
        String unknown = DeadLetterId.of(now(), "nobody");
        assertThat(get("/" + unknown).status()).isEqualTo(404);
        assertThat(redrive(unknown).status()).isEqualTo(404);
        assertThat(get("/dl_x").status()).isEqualTo(404);
        assertThat(redrive("%2e%2e").status()).isIn(400, 404);
        for (String query :
                List.of(
                        "reason=bad",
                        "status=closed",
                        "tenant=A",
                        "limit=0",
                        "limit=101",
                        "cursor=req_1",
                        "from=yesterday",
                        "nope=1")) {
            assertThat(get("?" + query).status()).as(query).isEqualTo(400);
        }
        assertThat(get("/" + unknown + "?record=maybe").status()).isEqualTo(400);
        String tenant = ingress.newTenant("curious-of-letters", "free");
        assertThat(ingress.send("GET", PATH, tenant, null).status()).isEqualTo(403);
        assertThat(ingress.send("POST", PATH + "/" + unknown + "/redrive", tenant, null).status())
                .isEqualTo(403);
    }

    private static RequestEvent submitted(String tenantId, String key) {
        Answer answer =
                ingress.send(
                        "POST",
                        "/v1/requests",
                        key,
                        "{\"model\":\"amazon.nova-micro-v1:0\",\"messages\":[{\"role\":\"user\","
                                + "\"content\":\""
                                + CANARY
                                + "\"}]}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        List<RequestEvent> events = engine.requests(tenantId);
        return events.get(events.size() - 1);
    }

    private static DeadLetter malformed(String partitionKey, String sequence, byte[] record) {
        return DeadLetter.builder()
                .reason(DeadLetterReason.MALFORMED.wireName())
                .detail("event.v: missing")
                .stream(Names.EVENTS_STREAM)
                .shardId("shardId-000000000000")
                .sequenceNumber(sequence)
                .partitionKey(partitionKey)
                .arrivedAtMillis(now() - HOUR)
                .raw(Base64.getEncoder().encodeToString(record))
                .build();
    }

    /** As a redrive leaves a letter that ends after its claim; the id that it took. */
    private static String claimed(DeadLetter letter, long atMillis) {
        RequestIds ids = ingress.context().getBean(RequestIds.class);
        String as = ids.issue(letter.tenantId(), atMillis);
        DeadLetter bare = letter.toBuilder().raw("").build();
        Letters.put(
                ingress.aws(),
                DeadLetterItemJson.write(
                        DeadLetterItem.stored(bare, letter.recordBytes(), 1, as, atMillis, false)));
        return as;
    }

    private static String store(DeadLetter letter) {
        return Letters.store(ingress.aws(), letter);
    }

    private static List<String> all(String query) {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        while (true) {
            Answer answer = get("?" + query + cursor);
            assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
            JsonNode page = answer.json();
            page.get("dead_letters").forEach(each -> ids.add(each.get("id").textValue()));
            if (page.get("next_cursor").isNull()) {
                return ids;
            }
            cursor = "&cursor=" + page.get("next_cursor").textValue();
        }
    }

    private static JsonNode redriven(String id) {
        Answer answer = redrive(id);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        return answer.json();
    }

    private static Answer redrive(String id) {
        return ingress.send("POST", PATH + "/" + id + "/redrive", ingress.adminKey(), null);
    }

    private static Answer get(String path) {
        return ingress.send("GET", PATH + path, ingress.adminKey(), null);
    }

    private static long now() {
        return System.currentTimeMillis();
    }
}
