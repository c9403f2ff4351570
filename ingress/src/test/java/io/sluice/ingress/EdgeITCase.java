package io.sluice.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.sluice.contract.Names;
import io.sluice.ingress.RunningIngress.Answer;
import io.sluice.ingress.aws.Items;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes over the same tables that share a Redis. */
@ExtendWith(SharedAws.class)
class EdgeITCase {
    private static final String BODY =
            "{\"model\":\"amazon.nova-micro-v1:0\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    @TempDir static Path dir;
    private static RedisServer redis;
    private static RunningIngress one;
    private static RunningIngress two;
    private static EngineByHand engine;
    private static int probes;

    @BeforeAll
    static void start(LocalAws shared) throws IOException {
        redis = RedisServer.start(Files.createDirectory(dir.resolve("redis")));
        Map<String, Object> settings = Map.of("sluice.redis-url", redis.url());
        one = RunningIngress.over(shared, settings);
        two = one.another(settings);
        engine = new EngineByHand(shared);
    }

    @AfterAll
    static void stop() throws IOException {
        if (redis != null) {
            two.close();
            one.close();
            redis.close();
        }
    }

    @BeforeEach
    void bothNodesUseRedis() throws IOException {
        redis.kill();
        redis.restart();
        try (RedisClient client = RedisClient.create(redis.url());
                var connection = client.connect()) {
            for (RunningIngress node : List.of(one, two)) {
                await().until(
                                () -> {
                                    String tenant = "probe" + probes++;
                                    submit(node, one.newTenant(tenant, "free"));
                                    return connection
                                                    .sync()
                                                    .exists("sluice:v1:" + tenant + ":tenant:-")
                                            == 1;
                                });
            }
        }
    }

    @Test
    void changeAtOneNodeIsInForceAtTheOtherWithinFiveSeconds() {
        String key = one.newTenant("edge", "free");
        assertThat(submit(one, key).status()).isEqualTo(202);
        assertThat(submit(two, key).status()).isEqualTo(202);
        suspend("edge", true);
        awaitStatus(two, key, 403);
        redis.kill();
        suspend("edge", false);
        awaitStatus(two, key, 202);
    }

    @Test
    void changeMadeInTheTableIsInForceEverywhereWithinFiveSeconds() {
        String key = one.newTenant("table", "free");
        assertThat(submit(one, key).status()).isEqualTo(202);
        assertThat(submit(two, key).status()).isEqualTo(202);
        String keyId = key.split("\\.")[2];
        one.aws()
                .dynamoDbClient()
                .deleteItem(
                        b ->
                                b.tableName(Names.TENANTS_TABLE)
                                        .key(
                                                Map.of(
                                                        "tenant_id", Items.text("table"),
                                                        "item", Items.text("key#" + keyId))))
                .join();
        long start = System.nanoTime();
        awaitStatus(two, key, 401);
        await().atMost(Duration.ofSeconds(5).minusNanos(System.nanoTime() - start))
                .until(() -> submit(one, key).status() == 401);
    }

    @Test
    void resultThatOneNodeReadTheOtherNeedNotReadFromTheTable() {
        String key = one.newTenant("edge-results", "free");
        String id = submit(one, key).json().get("id").textValue();
        engine.store(engine.succeeded(engine.requests("edge-results").get(0)));
        assertThat(read(one, key, id).json().get("status").textValue()).isEqualTo("succeeded");
        one.aws()
                .dynamoDbClient()
                .deleteItem(
                        b ->
                                b.tableName(Names.REQUESTS_TABLE)
                                        .key(
                                                Map.of(
                                                        "tenant_id", Items.text("edge-results"),
                                                        "request_id", Items.text(id))))
                .join();
        await().until(
                        () ->
                                "succeeded"
                                        .equals(
                                                read(two, key, id)
                                                        .json()
                                                        .get("status")
                                                        .textValue()));
        String other = one.newTenant("stranger", "free");
        assertThat(read(two, other, id).status()).isEqualTo(404);
        redis.kill();
        assertThat(read(one, key, id).json().get("status").textValue()).isEqualTo("succeeded");
    }

    @Test
    void losingRedisFailsNoRequest() throws Exception {
        String key = one.newTenant("loses", "business");
        for (int i = 0; i < 60; i++) {
            switch (i) {
                case 10 -> redis.freeze();
                case 25 -> redis.kill();
                case 45 -> redis.restart();
                default -> {}
            }
            assertThat(submit(i % 2 == 0 ? one : two, key).status()).isEqualTo(202);
        }
    }

    @Test
    void noKeyIsInRedisInClear() {
        String key = one.newTenant("secret", "free");
        submit(one, key);
        submit(two, key);
        try (RedisClient client = RedisClient.create(redis.url());
                var connection = client.connect()) {
            var commands = connection.sync();
            await().until(() -> commands.keys("*").size() >= 2);
            String secret = key.substring(key.lastIndexOf('.') + 1);
            String adminSecret = one.adminKey().substring(one.adminKey().lastIndexOf('.') + 1);
            for (String name : commands.keys("*")) {
                assertThat(name)
                        .matches("sluice:v1:(secret|probe[0-9]+|_admin):(tenant|key):[a-z0-9-]+");
                assertThat(commands.get(name)).doesNotContain(secret).doesNotContain(adminSecret);
                assertThat(commands.pttl(name)).isBetween(1L, 60_000L);
            }
        }
    }

    private void suspend(String tenantId, boolean suspended) {
        assertThat(
                        one.send(
                                        "PUT",
                                        "/v1/admin/tenants/" + tenantId,
                                        one.adminKey(),
                                        "{\"tier\":\"free\",\"suspended\":" + suspended + "}")
                                .status())
                .isEqualTo(200);
    }

    private static void awaitStatus(RunningIngress node, String key, int status) {
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> submit(node, key).status() == status);
    }

    private static Answer submit(RunningIngress node, String key) {
        return node.send("POST", "/v1/requests", key, BODY);
    }

    private static Answer read(RunningIngress node, String key, String id) {
        return node.send("GET", "/v1/requests/" + id, key, null);
    }
}
