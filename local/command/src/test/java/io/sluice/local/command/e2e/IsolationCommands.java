package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tenants with tables of their own, and one that gets them while it is served. */
final class IsolationCommands {
    private static final List<String> KINDS = List.of("requests", "attempts", "usage", "sessions");
    private static final Duration SOON = Duration.ofSeconds(60);

    private final SluiceProcess sluice;
    private final Path dataDir;
    private final Ledger ledger;

    IsolationCommands(SluiceProcess sluice, Path dataDir, Ledger ledger) {
        this.sluice = sluice;
        this.dataDir = dataDir;
        this.ledger = ledger;
    }

    /** What a new tenant of tables of its own leaves lies there, is read there, and only there. */
    void rowsOfASiloTenantLieInItsOwnTablesOnly() throws IOException, InterruptedException {
        Api admin = new Api(sluice.endpoint("api"), sluice.adminKey());
        Api.Answer made =
                admin.post(
                        "/v1/admin/tenants",
                        "{\"tenant_id\":\"vault\",\"tier\":\"business\","
                                + "\"overrides\":{\"isolation\":\"silo\"}}");
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        Api vault = new Api(sluice.endpoint("api"), made.json().path("api_key").asText());
        String question =
                Api.question(Api.MODEL, "follow", "kept apart")
                        .replaceFirst("\\{", "{\"session\":\"s\",\"user_id\":\"u\",");
        Api.Answer answer = vault.ask(question);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        String id = answer.json().path("id").asText();
        assertThat(vault.get("/v1/requests/" + id).json()).isEqualTo(answer.json());
        await().atMost(SOON)
                .untilAsserted(
                        () -> {
                            assertThat(usage(vault).path("cost_usd").asText())
                                    .isEqualTo(answer.json().path("cost_usd").asText());
                            for (String kind : KINDS) {
                                assertThat(rows("sluice-" + kind + "_vault"))
                                        .as(kind)
                                        .isNotEmpty()
                                        .allMatch(row -> row.get("tenant_id").s().equals("vault"));
                            }
                        });
        assertNothingShared("vault");
        JsonNode audit = audit("vault");
        assertThat(audit.path("findings")).isEmpty();
        assertThat(audit.at("/usage/cost_usd").asText())
                .isEqualTo(answer.json().path("cost_usd").asText());
    }

    /** A tenant with a history moves while it asks; nothing is lost, doubled or left behind. */
    void moveUnderTrafficLosesAndDoublesNothing(String tenant, String slowModel)
            throws IOException, InterruptedException {
        Api api = new Api(sluice.endpoint("api"), sluice.tenantKeys().get(tenant));
        BigDecimal before = cost(audit(tenant));
        assertThat(before).isPositive();
        int others = rows("sluice-requests").size() - rowsOf("sluice-requests", tenant).size();
        List<Api.Answer> answers = new CopyOnWriteArrayList<>();
        AtomicBoolean asking = new AtomicBoolean(true);
        CompletableFuture<Void> traffic =
                CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; asking.get(); i++) {
                                String model = i % 2 == 0 ? slowModel : Api.MODEL;
                                answers.add(api.ask(Api.question(model, "move", "number " + i)));
                            }
                        });
        try {
            JsonNode switched = move(tenant);
            assertThat(switched.path("status").asText()).isEqualTo("switched");
            assertThat(switched.path("copied").asLong()).isPositive();
        } finally {
            asking.set(false);
        }
        traffic.join();
        List<JsonNode> runs = new ArrayList<>();
        await().atMost(SOON)
                .until(
                        () -> {
                            runs.add(move(tenant));
                            String status = runs.get(runs.size() - 1).path("status").asText();
                            return status.equals("moved");
                        });
        assertThat(runs.get(runs.size() - 1).path("removed").asLong()).isPositive();
        assertThat(move(tenant).path("status").asText()).isEqualTo("nothing-to-do");

        BigDecimal asked = BigDecimal.ZERO;
        for (Api.Answer answer : answers) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            String id = answer.json().path("id").asText();
            assertThat(api.get("/v1/requests/" + id).json()).isEqualTo(answer.json());
            asked = asked.add(new BigDecimal(answer.json().path("cost_usd").asText()));
        }
        BigDecimal expected = before.add(asked);
        await().atMost(SOON)
                .untilAsserted(
                        () -> {
                            assertThat(new BigDecimal(usage(api).path("cost_usd").asText()))
                                    .isEqualByComparingTo(expected);
                            assertThat(cost(audit(tenant))).isEqualByComparingTo(expected);
                        });
        assertNothingShared(tenant);
        assertThat(rowsOf("sluice-rerated", tenant)).isEmpty();
        assertThat(rows("sluice-rerated_" + tenant)).isNotEmpty();
        assertThat(rows("sluice-requests")).as("of others").hasSize(others);
    }

    private void assertNothingShared(String tenant) {
        for (String kind : KINDS) {
            assertThat(rowsOf("sluice-" + kind, tenant)).as(kind).isEmpty();
        }
    }

    private JsonNode move(String tenant) throws IOException, InterruptedException {
        SluiceRun run =
                SluiceRun.of(
                        dataDir,
                        "tenants",
                        "move",
                        tenant,
                        "--to",
                        "silo",
                        "--settle-seconds",
                        "3",
                        "--json");
        assertThat(run.status()).as(run.out() + run.err()).isZero();
        return run.json();
    }

    private JsonNode audit(String tenant) throws IOException, InterruptedException {
        SluiceRun run = SluiceRun.of(dataDir, "audit-cost", "--tenant", tenant, "--json");
        assertThat(run.status()).as(run.out() + run.err()).isZero();
        return run.json();
    }

    private static BigDecimal cost(JsonNode audit) {
        return new BigDecimal(audit.at("/usage/cost_usd").asText());
    }

    private static JsonNode usage(Api api) {
        return api.get("/v1/usage?granularity=day").json().path("totals");
    }

    private List<Map<String, AttributeValue>> rowsOf(String table, String tenant) {
        return rows(table).stream().filter(row -> row.get("tenant_id").s().equals(tenant)).toList();
    }

    private List<Map<String, AttributeValue>> rows(String table) {
        return ledger.itemsOf(table).orElseThrow(() -> new AssertionError("no table " + table));
    }
}
