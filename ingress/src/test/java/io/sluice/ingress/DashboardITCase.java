package io.sluice.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.Granularity;
import io.sluice.contract.Names;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.ResultItem;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.UsageItemJson;
import io.sluice.ingress.RunningIngress.Answer;
import io.sluice.ingress.aws.Items;
import io.sluice.ingress.result.ResultStore;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The dashboard's figures over HTTP, of tables that the test fills. */
@ExtendWith(SharedAws.class)
class DashboardITCase {
    private static final Duration SOON = Duration.ofSeconds(60);

    static RunningIngress ingress;
    static EngineByHand engine;
    static String key;
    static String rivalKey;

    @BeforeAll
    static void start(RunningIngress shared) {
        ingress = shared;
        engine = new EngineByHand(ingress.aws());
        key = ingress.newTenant("looks", "free");
        rivalKey = ingress.newTenant("looks-rival", "business");
        use("looks", "looks-chat", 3, 1);
        use("looks-rival", "rival-chat", 5, 1);
    }

    @Test
    void aTenantSeesItselfAndNobodyElse() {
        String id = submit();
        engine.store(engine.rejected(request(id), Names.REQUESTS_PER_MINUTE));
        JsonNode own = get("/v1/dashboard", key).json();
        assertThat(own.path("view").asText()).isEqualTo("tenant");
        assertThat(own.path("tenant_id").asText()).isEqualTo("looks");
        assertThat(own.at("/totals/requests").asLong()).isEqualTo(3);
        assertThat(own.at("/requests/0/id").asText()).isEqualTo(id);
        assertThat(own.at("/requests/0/reason").asText()).isEqualTo(Names.REQUESTS_PER_MINUTE);
        assertThat(own.toString()).doesNotContain("rival");
        for (String other : List.of("looks-rival", "nobody-at-all")) {
            for (String path : List.of("/v1/dashboard", "/v1/dashboard/stream")) {
                Answer refused = get(path + "?tenant=" + other, key);
                assertThat(refused.status()).isEqualTo(404);
                assertThat(refused.response().body()).doesNotContain(other);
            }
        }
        assertThat(get("/v1/dashboard", null).status()).isEqualTo(401);
        assertThat(get("/v1/dashboard?range=century", key).status()).isEqualTo(400);
    }

    @Test
    void theAdministratorSeesAllAndEach() {
        await().atMost(SOON)
                .untilAsserted(
                        () -> {
                            JsonNode fleet = get("/v1/dashboard", ingress.adminKey()).json();
                            assertThat(fleet.path("view").asText()).isEqualTo("fleet");
                            assertThat(fleet.at("/job/state").asText()).isEqualTo("not-configured");
                            assertThat(fleet.path("tenants").findValuesAsText("name"))
                                    .contains("looks", "looks-rival");
                        });
        for (String range : List.of("hour", "day", "month")) {
            JsonNode rival =
                    get("/v1/dashboard?tenant=looks-rival&range=" + range, ingress.adminKey())
                            .json();
            assertThat(rival.path("tenant_id").asText()).isEqualTo("looks-rival");
            assertThat(rival.at("/totals/requests").asLong()).as(range).isEqualTo(5);
        }
        assertThat(get("/v1/dashboard?tenant=nobody-at-all", ingress.adminKey()).status())
                .isEqualTo(404);
    }

    @Test
    void figuresMoveWithoutAnotherCallAndEndWithTheKey() {
        String watched = ingress.newTenant("looks-live", "free");
        use("looks-live", "chat", 1, 1);
        Queue<JsonNode> views = new ConcurrentLinkedQueue<>();
        CompletableFuture<Void> ended =
                HttpClient.newHttpClient()
                        .sendAsync(
                                HttpRequest.newBuilder(
                                                ingress.base().resolve("/v1/dashboard/stream"))
                                        .header("Authorization", "Bearer " + watched)
                                        .build(),
                                HttpResponse.BodyHandlers.ofLines())
                        .thenAccept(response -> read(response, views));
        await().atMost(SOON).until(() -> views.stream().anyMatch(view -> requests(view) == 1));
        use("looks-live", "chat", 4, 2); // may fall into the next minute: then it is five
        await().atMost(SOON).until(() -> views.stream().anyMatch(view -> requests(view) >= 4));
        assertThat(ended).isNotDone();
        String keyId = watched.split("\\.")[2];
        assertThat(
                        ingress.send(
                                        "DELETE",
                                        "/v1/admin/tenants/looks-live/keys/" + keyId,
                                        ingress.adminKey(),
                                        null)
                                .status())
                .isEqualTo(204);
        assertThat(ended).succeedsWithin(SOON);
        assertThat(get("/v1/dashboard", watched).status()).isEqualTo(401);
    }

    @Test
    void newestResultsAreWholeButForTheirAnswers() {
        RequestEvent event = request(submit(rivalKey), "looks-rival");
        ResultItem item =
                engine.succeeded(event).toBuilder()
                        .region("us-east-1")
                        .stale(true)
                        .possibleDuplicate(true)
                        .providerCostPicoUsd(350_000)
                        .estimatedCostPicoUsd(7)
                        .build();
        engine.store(item);
        ResultStore store = ingress.context().getBean(ResultStore.class);
        assertThat(store.newest("looks-rival", 1).join())
                .containsExactly(item.toBuilder().output(null).build());
    }

    private static void read(HttpResponse<Stream<String>> response, Queue<JsonNode> views) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/event-stream");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        response.body()
                .filter(line -> line.startsWith("data: "))
                .forEach(line -> views.add(Json.parse(line.substring(6))));
    }

    private static long requests(JsonNode view) {
        return view.at("/totals/requests").asLong();
    }

    private static Answer get(String path, String key) {
        return ingress.send("GET", path, key, null);
    }

    private static String submit() {
        return submit(key);
    }

    private static String submit(String key) {
        Answer answer =
                ingress.send(
                        "POST",
                        "/v1/requests",
                        key,
                        "{\"model\":\"amazon.nova-micro-v1:0\","
                                + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        return answer.json().get("id").textValue();
    }

    private static RequestEvent request(String id) {
        return request(id, "looks");
    }

    private static RequestEvent request(String id, String tenantId) {
        return engine.requests(tenantId).stream()
                .filter(event -> event.eventId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** What a tenant used by now, in the windows of every length. */
    private static void use(String tenantId, String endpoint, long requests, long version) {
        for (Granularity granularity : Granularity.values()) {
            long start = granularity.windowStart(System.currentTimeMillis());
            UsageItem item =
                    UsageItem.builder()
                            .tenantId(tenantId)
                            .key(
                                    UsageKey.builder()
                                            .granularity(granularity)
                                            .windowStartMillis(start)
                                            .model("m")
                                            .endpoint(endpoint)
                                            .agentId("-")
                                            .costCenter("-")
                                            .build())
                            .counts(
                                    UsageCounts.builder()
                                            .requests(requests)
                                            .admitted(requests)
                                            .costPicoUsd(requests * 1_000)
                                            .build())
                            .version(version)
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
}
