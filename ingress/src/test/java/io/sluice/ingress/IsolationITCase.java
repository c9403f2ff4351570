package io.sluice.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Granularity;
import io.sluice.contract.Isolation;
import io.sluice.contract.Names;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.ResultItem;
import io.sluice.contract.TableShape;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.contract.json.ResultItemJson;
import io.sluice.contract.json.UsageItemJson;
import io.sluice.ingress.RunningIngress.Answer;
import io.sluice.ingress.aws.Items;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Tenants with tables of their own: made before the tenant is, and read by its entry. */
@ExtendWith(SharedAws.class)
class IsolationITCase {
    private static final String TENANTS = "/v1/admin/tenants";
    private static final String BODY =
            "{\"model\":\"amazon.nova-micro-v1:0\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    /** A minute that has just passed. */
    private static final long WINDOW =
            Granularity.MINUTE.windowStart(Instant.now().toEpochMilli() - 120_000);

    private static RunningIngress ingress;
    private static DynamoDbAsyncClient dynamoDb;
    private static EngineByHand engine;

    @BeforeAll
    static void start(RunningIngress shared) {
        ingress = shared;
        dynamoDb = shared.aws().dynamoDbClient();
        engine = new EngineByHand(shared.aws());
    }

    @Test
    void tablesAreThereBeforeTheTenantIs() {
        String key = newSilo("vault-1");
        for (TableShape shape : TableShape.perTenant()) {
            String name = shape.tables().own("vault-1");
            TableDescription table = dynamoDb.describeTable(b -> b.tableName(name)).join().table();
            assertThat(table.billingModeSummary().billingMode())
                    .isEqualTo(BillingMode.PAY_PER_REQUEST);
            assertThat(table.keySchema())
                    .extracting(k -> k.keyTypeAsString() + ' ' + k.attributeName())
                    .containsExactly("HASH " + shape.hashKey(), "RANGE " + shape.rangeKey());
            TimeToLiveStatus expires =
                    dynamoDb.describeTimeToLive(b -> b.tableName(name))
                            .join()
                            .timeToLiveDescription()
                            .timeToLiveStatus();
            assertThat(expires == TimeToLiveStatus.DISABLED).isEqualTo(shape.expiresBy() == null);
        }
        Answer seen = admin("GET", TENANTS + "/vault-1", null);
        assertThat(seen.json().get("isolation").textValue()).isEqualTo("silo");
        assertThat(seen.json().at("/limits/isolation").textValue()).isEqualTo("silo");
        submit(key);
        assertThat(engine.requests("vault-1").get(0).facts().policy().isolation())
                .as("travels in the request")
                .isEqualTo(Isolation.SILO);
    }

    @Test
    void tableThatIsMissingIsMadeByRepeatingThePut() {
        newSilo("vault-2");
        String name = TableShape.USAGE.tables().own("vault-2");
        dynamoDb.deleteTable(b -> b.tableName(name)).join();
        Answer put = admin("PUT", TENANTS + "/vault-2", "{\"overrides\":{\"weight\":2}}");
        assertThat(put.status()).as(put.response().body()).isEqualTo(200);
        assertThat(dynamoDb.describeTable(b -> b.tableName(name)).join().table().tableName())
                .isEqualTo(name);
        assertThat(put.json().at("/limits/isolation").textValue())
                .as("kept although it was not named")
                .isEqualTo("silo");
    }

    @Test
    void tenantIsNotMadeIfATableCannotBe() {
        String name = TableShape.SESSIONS.tables().own("vault-4");
        ingress.aws().createOwnTable(name, "another_key");
        String wish = "{\"tenant_id\":\"vault-4\",\"overrides\":{\"isolation\":\"silo\"}}";
        Answer refused = admin("POST", TENANTS, wish);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.response().headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(refused.json().get("detail").textValue())
                .contains(name, "with other keys", "was not changed", "repeat");
        assertThat(admin("GET", TENANTS + "/vault-4", null).status()).isEqualTo(404);

        dynamoDb.deleteTable(b -> b.tableName(name)).join();
        assertThat(admin("POST", TENANTS, wish).status()).as("repaired").isEqualTo(201);
    }

    @Test
    void rowsDoNotMoveBecauseAnOverrideSaysSo() {
        ingress.newTenant("pool-1", "free");
        Answer refused =
                admin("PUT", TENANTS + "/pool-1", "{\"overrides\":{\"isolation\":\"silo\"}}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("detail").textValue())
                .contains("bin/sluice tenants move pool-1 --to silo");
        assertThat(admin("GET", TENANTS + "/pool-1", null).json().get("isolation").textValue())
                .isEqualTo("pooled");
    }

    @Test
    void ownResultAndUsageAreReadFromOwnTables() {
        String key = newSilo("vault-3");
        RequestEvent event = submitted("vault-3", key);
        ResultItem item = engine.succeeded(event).toBuilder().isolation(Isolation.SILO).build();
        put(TableShape.REQUESTS.tables().own("vault-3"), ResultItemJson.write(item));
        put(TableShape.USAGE.tables().own("vault-3"), usage("vault-3", 5, 1));
        put(Names.USAGE_TABLE, usage("vault-3", 99, 9)); // nobody's
        assertRead(key, event.eventId(), 5);
    }

    @Test
    void duringAMoveBothTablesAreRead() {
        String key = ingress.newTenant("mover-1", "business");
        RequestEvent before = submitted("mover-1", key);
        put(Names.REQUESTS_TABLE, ResultItemJson.write(engine.succeeded(before)));
        put(Names.USAGE_TABLE, usage("mover-1", 5, 1));
        newTables("mover-1");
        isMoving("mover-1");
        assertRead(key, before.eventId(), 5);

        RequestEvent after = submitted("mover-1", key);
        ResultItem item = engine.succeeded(after).toBuilder().isolation(Isolation.SILO).build();
        put(TableShape.REQUESTS.tables().own("mover-1"), ResultItemJson.write(item));
        put(TableShape.USAGE.tables().own("mover-1"), usage("mover-1", 7, 2));
        assertRead(key, after.eventId(), 7);
        assertRead(key, before.eventId(), 7);
        Answer waited =
                ingress.send(
                        "GET", "/v1/requests/" + after.eventId(), key, null, "Prefer", "wait=5");
        assertThat(waited.json().get("status").textValue()).isEqualTo("succeeded");
        assertThat(ingress.send("GET", "/v1/requests", key, null).json().get("requests"))
                .as("newest first, each once")
                .extracting(row -> row.get("id").textValue())
                .containsExactly(after.eventId(), before.eventId());
    }

    private static void assertRead(String key, String id, long requests) {
        Answer result = ingress.send("GET", "/v1/requests/" + id, key, null);
        assertThat(result.json().get("status").textValue()).isEqualTo("succeeded");
        Answer usage = ingress.send("GET", "/v1/usage?granularity=minute", key, null);
        assertThat(usage.json().at("/totals/requests").longValue()).isEqualTo(requests);
    }

    /** As a move leaves the entry after the switch; waits until this node knows. */
    private static void isMoving(String tenant) {
        Map<String, AttributeValue> key =
                Map.of(
                        "tenant_id", Items.text(tenant),
                        "item", Items.text("tenant"));
        dynamoDb.updateItem(
                        b ->
                                b.tableName(Names.TENANTS_TABLE)
                                        .key(key)
                                        .updateExpression(
                                                "SET #isolation = :silo, also_in = :pooled,"
                                                        + " policy_version = policy_version + :one"
                                                        + " REMOVE policy_hash")
                                        .expressionAttributeNames(Map.of("#isolation", "isolation"))
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":silo", Items.text("silo"),
                                                        ":pooled", Items.text("pooled"),
                                                        ":one", Items.number(1))))
                .join();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> {
                            Answer seen = admin("GET", TENANTS + "/" + tenant, null);
                            return seen.json().path("also_in").asText().equals("pooled");
                        });
        // The directory's own cache: a change is in force within 5 s.
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(
                        () ->
                                submitted(tenant, newKey(tenant)).facts().policy().isolation()
                                        == Isolation.SILO);
    }

    private static String newKey(String tenant) {
        return admin("POST", TENANTS + "/" + tenant + "/keys", "{\"label\":\"more\"}")
                .json()
                .get("api_key")
                .textValue();
    }

    private static void newTables(String tenant) {
        for (TableShape shape : TableShape.perTenant()) {
            ingress.aws().createOwnTable(shape.tables().own(tenant), shape.rangeKey());
        }
    }

    private static String newSilo(String tenant) {
        Answer made =
                admin(
                        "POST",
                        TENANTS,
                        "{\"tenant_id\":\""
                                + tenant
                                + "\",\"tier\":\"business\",\"overrides\":{\"isolation\":\"silo\"}}");
        assertThat(made.status()).as(made.response().body()).isEqualTo(201);
        return made.json().get("api_key").textValue();
    }

    private static RequestEvent submitted(String tenant, String key) {
        String id = submit(key).json().get("id").textValue();
        RequestEvent event = engine.request(id);
        assertThat(event.tenantId()).isEqualTo(tenant);
        return event;
    }

    private static Answer submit(String key) {
        return ingress.send("POST", "/v1/requests", key, BODY);
    }

    private static Answer admin(String method, String path, String body) {
        return ingress.send(method, path, ingress.adminKey(), body);
    }

    private static void put(String table, ObjectNode row) {
        dynamoDb.putItem(b -> b.tableName(table).item(Items.attributes(row))).join();
    }

    private static ObjectNode usage(String tenant, long requests, long version) {
        return UsageItemJson.write(
                UsageItem.builder()
                        .tenantId(tenant)
                        .key(
                                UsageKey.builder()
                                        .granularity(Granularity.MINUTE)
                                        .windowStartMillis(WINDOW)
                                        .model("m")
                                        .endpoint("chat")
                                        .agentId(Names.NO_LABEL)
                                        .costCenter(Names.NO_LABEL)
                                        .build())
                        .counts(UsageCounts.builder().requests(requests).build())
                        .version(version)
                        .build());
    }
}
