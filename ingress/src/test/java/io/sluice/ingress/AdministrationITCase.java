package io.sluice.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.Granularity;
import io.sluice.contract.Names;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.contract.json.UsageItemJson;
import io.sluice.ingress.RunningIngress.Answer;
import io.sluice.ingress.aws.Items;
import io.sluice.ingress.key.KeyMint;
import io.sluice.ingress.tenant.TenantStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@ExtendWith(SharedAws.class)
class AdministrationITCase {
    private static final String TENANTS = "/v1/admin/tenants";
    private static final String BODY =
            "{\"model\":\"amazon.nova-micro-v1:0\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    static RunningIngress ingress;

    @BeforeAll
    static void start(RunningIngress shared) {
        ingress = shared;
    }

    private static Answer admin(String method, String path, String body) {
        return ingress.send(method, path, ingress.adminKey(), body);
    }

    private static int submit(String key) {
        return ingress.send("POST", "/v1/requests", key, BODY).status();
    }

    @Test
    void policyVersionRisesWithEveryChangeAndIsNeverUsedAgain() {
        String tenant = "{\"tenant_id\":\"phoenix\",\"tier\":\"free\"}";
        assertThat(admin("POST", TENANTS, tenant).json().get("policy_version").intValue())
                .isEqualTo(1);
        Answer changed =
                admin(
                        "PUT",
                        TENANTS + "/phoenix",
                        "{\"tier\":\"business\",\"overrides\":{\"requests_per_minute\":7}}");
        assertThat(changed.json().get("policy_version").intValue()).isEqualTo(2);
        assertThat(changed.json().at("/limits/requests_per_minute").intValue()).isEqualTo(7);
        assertThat(changed.json().at("/limits/requests_per_day").intValue()).isEqualTo(100_000);
        assertThat(admin("DELETE", TENANTS + "/phoenix", null).status()).isEqualTo(204);
        assertThat(admin("GET", TENANTS + "/phoenix", null).status()).isEqualTo(404);
        Answer again = admin("POST", TENANTS, tenant);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json().get("policy_version").intValue()).isEqualTo(4);
    }

    @Test
    void noTenantIsMadeWhileOneOfItsIdIsBeingErased() {
        String tenant = "{\"tenant_id\":\"erased\",\"tier\":\"free\"}";
        assertThat(admin("POST", TENANTS, tenant).status()).isEqualTo(201);
        assertThat(admin("DELETE", TENANTS + "/erased", null).status()).isEqualTo(204);
        mark("erased", true);
        Answer refused = admin("POST", TENANTS, tenant);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("detail").textValue())
                .contains("bin/sluice tenants erase erased");
        mark("erased", false);
        assertThat(admin("POST", TENANTS, tenant).status()).isEqualTo(201);
        assertThat(stored("erased", "tenant").get("erased_at_millis").n()).isEqualTo("1000");
    }

    private static void mark(String tenant, boolean erasing) {
        Map<String, AttributeValue> item = new HashMap<>(stored(tenant, "tenant"));
        item.put("erasing", AttributeValue.fromBool(erasing));
        item.put("erased_at_millis", AttributeValue.fromN("1000"));
        put(item);
    }

    /** As a deletion leaves it that ends between the tenant and its keys. */
    @Test
    void keysThatADeletionLeftBehindNeverOpenTheSuccessor() {
        String old = ingress.newTenant("heir", "free");
        String oldId = keyIds("heir").get(0);
        Map<String, AttributeValue> left = stored("heir", "key#" + oldId);
        assertThat(admin("DELETE", TENANTS + "/heir", null).status()).isEqualTo(204);
        put(left);
        String fresh = ingress.newTenant("heir", "free");
        assertThat(keyIds("heir")).hasSize(1).doesNotContain(oldId);
        assertThat(submit(old)).isEqualTo(401);
        assertThat(submit(fresh)).isEqualTo(202);
    }

    @Test
    void deletingATombstoneFinishesTheRemovalOfItsKeys() {
        ingress.newTenant("halved", "free");
        String keyId = keyIds("halved").get(0);
        Map<String, AttributeValue> left = stored("halved", "key#" + keyId);
        assertThat(admin("DELETE", TENANTS + "/halved", null).status()).isEqualTo(204);
        put(left);
        assertThat(admin("DELETE", TENANTS + "/halved", null).status()).isEqualTo(204);
        assertThat(stored("halved", "key#" + keyId)).isEmpty();
        assertThat(admin("DELETE", TENANTS + "/halved", null).status()).isEqualTo(404);
    }

    /** The administrator's call read the tenant before it was deleted, and stores after. */
    @Test
    void noKeyIsStoredForADeletedTenant() {
        ingress.newTenant("closed", "free");
        TenantStore store = ingress.context().getBean(TenantStore.class);
        KeyMint.MintedKey late = new KeyMint().mint("closed", "late", 1, 0);
        assertThat(store.put(late.item()).join()).isTrue();
        assertThat(admin("DELETE", TENANTS + "/closed", null).status()).isEqualTo(204);
        assertThat(store.put(late.item()).join()).isFalse();
        assertThat(stored("closed", "key#" + late.item().keyId())).isEmpty();
    }

    @Test
    void changesAtTheSameTimeTakeVersionsOfTheirOwn() {
        ingress.newTenant("busy", "free");
        List<CompletableFuture<Answer>> changes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            changes.add(
                    CompletableFuture.supplyAsync(
                            () -> admin("PUT", TENANTS + "/busy", "{\"tier\":\"business\"}")));
        }
        List<Integer> versions =
                changes.stream()
                        .map(CompletableFuture::join)
                        .filter(a -> a.status() == 200)
                        .map(a -> a.json().get("policy_version").intValue())
                        .toList();
        assertThat(versions).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void revokedKeyAndDeletedTenantAreRefusedWithinFiveSeconds() {
        String first = ingress.newTenant("leaver", "free");
        Answer second = admin("POST", TENANTS + "/leaver/keys", "{\"label\":\"second\"}");
        assertThat(second.status()).isEqualTo(201);
        String key = second.json().get("api_key").textValue();
        assertThat(submit(key)).isEqualTo(202);
        JsonNode listed = admin("GET", TENANTS + "/leaver/keys", null).json().get("keys");
        assertThat(listed).hasSize(2);
        assertThat(listed.toString()).doesNotContain("hash").doesNotContain("salt");
        String keyId = second.json().get("key_id").textValue();
        assertThat(admin("DELETE", TENANTS + "/leaver/keys/" + keyId, null).status())
                .isEqualTo(204);
        await().atMost(Duration.ofSeconds(5)).until(() -> submit(key) == 401);
        assertThat(submit(first)).isEqualTo(202);
        admin("DELETE", TENANTS + "/leaver", null);
        await().atMost(Duration.ofSeconds(5)).until(() -> submit(first) == 401);
    }

    @Test
    void changeMadeElsewhereIsInForceWithinFiveSeconds() {
        String key = ingress.newTenant("elsewhere", "free");
        assertThat(submit(key)).isEqualTo(202);
        // Another node's change reaches this one through the table alone.
        ingress.aws()
                .dynamoDbClient()
                .updateItem(
                        b ->
                                b.tableName(Names.TENANTS_TABLE)
                                        .key(
                                                Map.of(
                                                        "tenant_id", Items.text("elsewhere"),
                                                        "item", Items.text("tenant")))
                                        .updateExpression("SET deleted = :yes")
                                        .expressionAttributeValues(
                                                Map.of(":yes", AttributeValue.fromBool(true))))
                .join();
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> submit(key) == 401);
    }

    @Test
    void suspendedTenantIsForbiddenToSubmitAndMayRead() {
        String key = ingress.newTenant("debtor", "free");
        admin("PUT", TENANTS + "/debtor", "{\"tier\":\"free\",\"suspended\":true}");
        assertThat(submit(key)).isEqualTo(403);
        assertThat(ingress.send("GET", "/v1/requests", key, null).status()).isEqualTo(200);
    }

    @Test
    void expiredKeyIsRefused() {
        ingress.newTenant("shortly", "free");
        Answer minted =
                admin(
                        "POST",
                        TENANTS + "/shortly/keys",
                        "{\"label\":\"l\",\"expires_at\":\""
                                + java.time.Instant.now().plusSeconds(2)
                                + "\"}");
        String key = minted.json().get("api_key").textValue();
        assertThat(submit(key)).isEqualTo(202);
        await().atMost(Duration.ofSeconds(8)).until(() -> submit(key) == 401);
    }

    @Test
    void usageIsReadPerTenantAndAcrossTenants() {
        String one = ingress.newTenant("usage-one", "free");
        ingress.newTenant("usage-two", "free");
        long minute = Granularity.MINUTE.windowStart(System.currentTimeMillis());
        store("usage-one", minute - 60_000, "m1", 3);
        store("usage-one", minute, "m1", 4);
        store("usage-one", minute, "m2", 5);
        store("usage-one", minute - 7_200_000, "m1", 100);
        store("usage-two", minute, "m1", 10);
        JsonNode own =
                ingress.send("GET", "/v1/usage?granularity=minute&group=model", one, null).json();
        assertThat(own.at("/totals/requests").intValue()).isEqualTo(12);
        assertThat(own.at("/totals/cost_usd").textValue()).isEqualTo("0.000000000012");
        assertThat(own.get("rows")).hasSize(3);
        JsonNode all = admin("GET", "/v1/admin/usage?granularity=minute", null).json();
        int two = 0;
        for (JsonNode row : all.get("rows")) {
            if (row.get("tenant_id").textValue().equals("usage-two")) {
                two += row.get("requests").intValue();
            }
        }
        assertThat(two).isEqualTo(10);
    }

    @Test
    void operationsNeedNoKey() {
        assertThat(ingress.send("GET", "/health/live", null, null).status()).isEqualTo(200);
        Answer ready = ingress.send("GET", "/health/ready", null, null);
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.json().at("/parts/kinesis").textValue()).isEqualTo("UP");
        submit(ingress.newTenant("metrics", "free"));
        Answer metrics = ingress.send("GET", "/prometheus", null, null);
        assertThat(metrics.status()).isEqualTo(200);
        assertThat(metrics.response().body()).contains("sluice_writer_batch_records");
        Answer api = ingress.send("GET", "/openapi.yaml", null, null);
        assertThat(api.status()).isEqualTo(200);
        assertThat(api.response().body())
                .contains("/v1/requests/{id}", "/v1/admin/tenants/{tenantId}/keys", "/v1/usage");
    }

    @Test
    void dashboardLoadsNothingFromElsewhere() {
        for (String path :
                List.of(
                        "/dashboard",
                        "/dashboard/main.js",
                        "/dashboard/stream.js",
                        "/dashboard/dashboard.css",
                        "/dashboard/icon.svg",
                        "/dashboard/uplot.js",
                        "/dashboard/uplot.css")) {
            Answer file = ingress.send("GET", path, null, null);
            assertThat(file.status()).as(path).isEqualTo(200);
            assertThat(file.header("Content-Security-Policy"))
                    .contains("default-src 'none'")
                    .contains("script-src 'self'");
        }
        String page = ingress.send("GET", "/dashboard", null, null).response().body();
        assertThat(page).doesNotContain("http://").doesNotContain("https://");
    }

    @Test
    void largeAnswersAreCompressedOnRequest() throws Exception {
        HttpResponse<byte[]> small = compressed("/health/live");
        assertThat(small.headers().firstValue("Content-Encoding")).isEmpty();
        HttpResponse<byte[]> large = compressed("/dashboard/uplot.js");
        assertThat(large.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(large.body().length).isLessThan(30_000);
        HttpResponse<byte[]> api = compressed("/openapi.yaml");
        assertThat(api.headers().firstValue("Content-Encoding")).contains("gzip");
    }

    private static List<String> keyIds(String tenant) {
        List<String> ids = new ArrayList<>();
        admin("GET", TENANTS + "/" + tenant + "/keys", null)
                .json()
                .get("keys")
                .forEach(key -> ids.add(key.get("key_id").textValue()));
        return ids;
    }

    private static Map<String, AttributeValue> stored(String tenant, String item) {
        Map<String, AttributeValue> key =
                Map.of("tenant_id", Items.text(tenant), "item", Items.text(item));
        return ingress.aws()
                .dynamoDbClient()
                .getItem(b -> b.tableName(Names.TENANTS_TABLE).key(key).consistentRead(true))
                .join()
                .item();
    }

    private static void put(Map<String, AttributeValue> item) {
        ingress.aws()
                .dynamoDbClient()
                .putItem(b -> b.tableName(Names.TENANTS_TABLE).item(item))
                .join();
    }

    private static HttpResponse<byte[]> compressed(String path) throws Exception {
        URI uri = ingress.base().resolve(path);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri).header("Accept-Encoding", "gzip").build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void store(String tenant, long start, String model, long requests) {
        UsageItem item =
                UsageItem.builder()
                        .tenantId(tenant)
                        .key(
                                UsageKey.builder()
                                        .granularity(Granularity.MINUTE)
                                        .windowStartMillis(start)
                                        .model(model)
                                        .endpoint("chat")
                                        .agentId(Names.NO_LABEL)
                                        .costCenter(Names.NO_LABEL)
                                        .build())
                        .counts(
                                UsageCounts.builder()
                                        .requests(requests)
                                        .costPicoUsd(requests)
                                        .build())
                        .version(1)
                        .build();
        ingress.aws()
                .dynamoDbClient()
                .putItem(
                        b ->
                                b.tableName(Names.USAGE_TABLE)
                                        .item(Items.attributes(UsageItemJson.write(item))))
                .join();
    }
}
