package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A tenant is erased on a running system, and one of its id comes anew. */
@OnSharedSystem
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EraseITCase {
    private static final String SLOW_MODEL = "amazon.nova-lite-v1:0";
    private static final String QUESTION = Api.question(Api.MODEL, "chat", "What was it?");

    private SharedSystem sluice;
    private Path dataDir;
    private Api tenant;
    private String oldId;
    private List<Path> oldKeys;

    @BeforeAll
    void start(SharedSystem shared) {
        sluice = shared;
        dataDir = shared.dataDir();
        tenant = sluice.newTenant("acme");
    }

    @Test
    @Order(1)
    void isRefusedWithoutYesAndWhileACallIsOpen() throws Exception {
        oldId = asked(QUESTION).path("id").asText();
        asked(
                "{\"model\":\""
                        + Api.MODEL
                        + "\",\"session\":\"talk\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
        asked(Api.question(Api.MODEL, "chat", "x".repeat(70_000)));
        assertThat(SluiceRun.of(dataDir, "tenants", "erase", "acme").status()).isEqualTo(2);
        new Http(sluice.endpoint("bedrock"))
                .put("/_local/behavior", "{\"model\":\"" + SLOW_MODEL + "\",\"latency_ms\":25000}");
        Api.Answer slow = tenant.submit(Api.question(SLOW_MODEL, "chat", "Slowly, please."));
        String slowId = slow.json().path("id").asText();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> status(tenant, slowId).equals("running"));
        SluiceRun refused = erase("acme");
        assertThat(refused.status()).as(refused.err()).isEqualTo(1);
        assertThat(refused.err()).contains("nothing was erased: 1 calls of acme are open");
        await().atMost(Duration.ofMinutes(3))
                .until(() -> status(tenant, slowId).equals("succeeded"));
        assertThat(tenant.get("/v1/requests/" + oldId).json().at("/output/text").asText())
                .isNotEmpty();
        assertThat(keyFiles()).hasSize(1);
    }

    @Test
    @Order(2)
    void everythingThatNamesItsPayloadsGoesAndItsKeyToo() throws Exception {
        oldKeys = keyFiles();
        SluiceRun done =
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> erase("acme"), run -> run.status() == 0);
        JsonNode report = done.json();
        assertThat(report.at("/rows/sluice-requests").asLong()).isEqualTo(4);
        assertThat(report.at("/rows/sluice-attempts").asLong()).isGreaterThanOrEqualTo(4);
        assertThat(report.at("/rows/sluice-sessions").asLong()).isGreaterThanOrEqualTo(1);
        assertThat(report.path("objects").asLong()).isEqualTo(1);
        assertThat(report.path("keys").asLong()).isEqualTo(1);
        assertThat(keyFiles()).isEmpty();
        assertThat(dataDir.resolve("objects/acme")).doesNotExist();
        assertThat(tenant.get("/v1/requests/" + oldId).status()).isEqualTo(401);
    }

    @Test
    @Order(3)
    void mayBeRunAgainAndKnowsNobodyElse() throws Exception {
        SluiceRun again = erase("acme");
        assertThat(again.status()).as(again.err()).isZero();
        assertThat(again.json().at("/rows/sluice-requests").asLong()).isZero();
        assertThat(again.json().path("keys").asLong()).isZero();
        SluiceRun nobody = erase("nobody");
        assertThat(nobody.status()).isEqualTo(1);
        assertThat(nobody.err()).contains("there never was a tenant nobody");
    }

    @Test
    @Order(4)
    void aTenantOfTheSameIdBeginsWithNothingAndAnotherKey() throws Exception {
        Api fresh = sluice.newTenant("acme");
        Api.Answer old = fresh.get("/v1/requests/" + oldId);
        assertThat(old.status()).as(old.toString()).isEqualTo(410);
        assertThat(old.json().path("detail").asText()).contains("erased");
        Api.Answer answer = fresh.ask(QUESTION);
        assertThat(answer.json().at("/decision/outcome").asText()).isEqualTo("invoked");
        assertThat(answer.json().at("/output/text").asText()).isNotEmpty();
        assertThat(keyFiles()).hasSize(1).doesNotContainAnyElementsOf(oldKeys);
        assertThat(fresh.get("/v1/sessions/talk").status()).isEqualTo(404);
    }

    private SluiceRun erase(String tenantId) throws Exception {
        return SluiceRun.of(dataDir, "tenants", "erase", tenantId, "--yes", "--json");
    }

    private JsonNode asked(String body) {
        Api.Answer answer = tenant.ask(body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static String status(Api api, String id) {
        return api.get("/v1/requests/" + id).json().path("status").asText();
    }

    private List<Path> keyFiles() throws Exception {
        Path folder = dataDir.resolve("keys/tenants/acme");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
