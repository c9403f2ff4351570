package io.sluice.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Names;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.policy.ArchivedPolicy;
import io.sluice.contract.policy.ResolvedPolicy;
import io.sluice.ingress.RunningIngress.Answer;
import io.sluice.ingress.aws.Items;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes, each with its own copy of the policy file, over one table. */
@ExtendWith(SharedAws.class)
class PolicyITCase {
    private static final String TENANTS = "/v1/admin/tenants";
    private static final Duration IN_FORCE = Duration.ofSeconds(5);
    private static final String START =
            "models: {fast: {model: amazon.nova-micro-v1:0}, acme.own-v1: {}}\n"
                    + "tenants:\n"
                    + "  planned: {tier: business, weight: 3}\n"
                    + "  saver:\n"
                    + "    max_tokens: {default: 77, ceiling: 99}\n"
                    + "    priority: low\n"
                    + "    allowed_models: [fast, acme.own-v1]\n"
                    + "    budget_per_day_usd: {limit: 0.5, action: downgrade, downgrade_to: fast}\n";

    @TempDir static Path dir;
    static RunningIngress one;
    static RunningIngress other;
    static EngineByHand engine;

    @BeforeAll
    static void start(LocalAws shared) throws Exception {
        write(START);
        one = RunningIngress.over(shared, policy("one.yaml"));
        other = one.another(policy("other.yaml"));
        engine = new EngineByHand(shared);
    }

    private static Map<String, Object> policy(String file) {
        return Map.of("sluice.policy", dir.resolve(file).toString());
    }

    @AfterAll
    static void stop() throws Exception {
        other.close();
        one.close();
    }

    private static void write(String yaml) throws IOException {
        Files.writeString(dir.resolve("one.yaml"), yaml);
        Files.writeString(dir.resolve("other.yaml"), yaml);
    }

    private static Answer admin(String method, String path, String body) {
        return one.send(method, path, one.adminKey(), body);
    }

    private static JsonNode atOther(String tenantId) {
        return other.send("GET", TENANTS + "/" + tenantId, other.adminKey(), null).json();
    }

    private static String create(String tenantId, String more) {
        Answer created = admin("POST", TENANTS, "{\"tenant_id\":\"" + tenantId + "\"" + more + "}");
        assertThat(created.status()).as(created.response().body()).isEqualTo(201);
        return created.json().get("api_key").textValue();
    }

    private static Answer submit(String key, String model, String more) {
        return one.send(
                "POST",
                "/v1/requests",
                key,
                "{\"model\":\""
                        + model
                        + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]"
                        + more
                        + "}");
    }

    private static RequestFacts facts(Answer submitted) {
        assertThat(submitted.status()).as(submitted.response().body()).isEqualTo(202);
        return engine.request(submitted.json().get("id").textValue()).facts();
    }

    @Test
    void requestCarriesWhatThePolicySays() {
        String key = create("saver", "");
        RequestFacts facts = facts(submit(key, "fast", ""));
        assertThat(facts.model()).isEqualTo("amazon.nova-micro-v1:0");
        assertThat(facts.maxTokens()).isEqualTo(77);
        assertThat(facts.priority().wireName()).isEqualTo("low");
        assertThat(facts.sampled()).isTrue();
        assertThat(facts.policy().allowedModels())
                .containsExactly("acme.own-v1", "amazon.nova-micro-v1:0");
        assertThat(facts.policy().dayBudget().downgradeTo()).isEqualTo("amazon.nova-micro-v1:0");
        assertThat(facts.prices()).containsOnlyKeys("amazon.nova-micro-v1:0");
        assertThat(facts(submit(key, "acme.own-v1", "")).prices())
                .as("unpriced, but for the model that the budget turns to")
                .containsOnlyKeys("amazon.nova-micro-v1:0");
        Answer tooMuch = submit(key, "fast", ",\"max_tokens\":100");
        assertThat(tooMuch.status()).isEqualTo(400);
        assertThat(tooMuch.json().get("detail").textValue()).contains("100").contains("99");
        assertThat(submit(key, "slow", "").status()).isEqualTo(400);
    }

    @Test
    void tenantWithoutATierHasThePolicysOne() {
        create("planned", "");
        JsonNode planned = admin("GET", TENANTS + "/planned", null).json();
        assertThat(planned.get("tier").textValue()).isEqualTo("business");
        assertThat(planned.at("/limits/weight").intValue()).isEqualTo(3);
        create("unplanned", "");
        assertThat(admin("GET", TENANTS + "/unplanned", null).json().get("tier").textValue())
                .isEqualTo("free");
    }

    @Test
    void administratorSetsAndSeesEveryKey() {
        create("wide", ",\"tier\":\"free\"");
        JsonNode shipped = admin("GET", TENANTS + "/wide", null).json().get("limits");
        assertThat(shipped.toString())
                .isEqualTo(
                        "{\"allowed_models\":\"all\",\"ambiguous\":\"retry\","
                                + "\"budget_per_day_usd\":\"unlimited\","
                                + "\"budget_per_month_usd\":\"unlimited\",\"cache\":{"
                                + "\"agent_ttl_seconds\":3600,\"llm_ttl_seconds\":1800,\"sampled\":true,"
                                + "\"session_tokens\":32000,\"session_ttl_seconds\":86400,"
                                + "\"session_turns\":20},\"isolation\":\"pooled\","
                                + "\"max_concurrent\":\"unlimited\",\"max_pending\":\"unlimited\","
                                + "\"max_tokens\":{\"ceiling\":200000,\"default\":1024},"
                                + "\"priority\":\"normal\",\"requests_per_day\":1000,"
                                + "\"requests_per_minute\":10,\"shadow\":[],"
                                + "\"tokens_per_minute\":\"unlimited\",\"weight\":1}");
        String overrides =
                "{\"allowed_models\":[\"fast\"],\"ambiguous\":\"fail\",\"budget_per_day_usd\":\"0.000000000001\","
                        + "\"budget_per_month_usd\":{\"limit\":5,\"action\":\"warn\"},\"cache\":\"off\","
                        + "\"isolation\":\"pooled\",\"max_concurrent\":2,\"max_pending\":3,"
                        + "\"max_tokens\":4,\"priority\":\"high\",\"requests_per_day\":5,"
                        + "\"requests_per_minute\":6,\"shadow\":[\"max_pending\"],"
                        + "\"tokens_per_minute\":7,\"weight\":8}";
        Answer changed = admin("PUT", TENANTS + "/wide", "{\"overrides\":" + overrides + "}");
        assertThat(changed.status()).as(changed.response().body()).isEqualTo(200);
        JsonNode seen = admin("GET", TENANTS + "/wide", null).json();
        assertThat(seen.at("/limits/allowed_models/0").textValue())
                .isEqualTo("amazon.nova-micro-v1:0");
        assertThat(seen.at("/overrides/allowed_models/0").textValue()).isEqualTo("fast");
        assertThat(seen.at("/limits/budget_per_day_usd/limit").textValue())
                .isEqualTo("0.000000000001");
        assertThat(seen.at("/limits/cache/session_ttl_seconds").intValue()).isZero();
        assertThat(seen.at("/limits/shadow/0").textValue()).isEqualTo("max_pending");
        assertThat(seen.get("overrides")).hasSize(15);
        assertThat(
                        admin(
                                        "PUT",
                                        TENANTS + "/wide",
                                        "{\"overrides\":" + seen.get("overrides") + "}")
                                .json()
                                .get("limits"))
                .as("what is shown may be set again")
                .isEqualTo(seen.get("limits"));
        Answer refused =
                admin(
                        "PUT",
                        TENANTS + "/wide",
                        "{\"overrides\":{\"weight\":0,\"allowed_models\":[\"slow\"]}}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.json().get("detail").textValue())
                .isEqualTo("overrides.weight: seen '0', expected a whole number from 1 to 1000.");
        assertThat(
                        admin(
                                        "PUT",
                                        TENANTS + "/wide",
                                        "{\"overrides\":{\"allowed_models\":[\"slow\"]}}")
                                .json()
                                .get("detail")
                                .textValue())
                .startsWith("overrides.allowed_models[]: seen 'slow', expected an alias");
    }

    @Test
    void changedFileIsInForceOnEveryNodeWithinFiveSecondsUnderOneNewVersion() throws Exception {
        String key = create("mover", ",\"tier\":\"free\"");
        assertThat(facts(submit(key, "fast", "")).policy().weight()).isEqualTo(1);
        assertThat(atOther("mover").get("policy_version").intValue()).isEqualTo(1);
        try {
            write(START + "  mover: {weight: 9}\n");
            await().atMost(IN_FORCE)
                    .untilAsserted(
                            () -> {
                                EffectivePolicy policy = facts(submit(key, "fast", "")).policy();
                                assertThat(policy.weight()).isEqualTo(9);
                                assertThat(policy.version()).isEqualTo(2);
                                JsonNode seen = atOther("mover");
                                assertThat(seen.at("/limits/weight").intValue()).isEqualTo(9);
                                assertThat(seen.get("policy_version").intValue()).isEqualTo(2);
                                assertThat(seen.get("policy_hash").textValue())
                                        .isEqualTo(policy.hash());
                            });
            assertThat(archived("mover", 1).effective().weight()).isEqualTo(1);
            assertThat(archived("mover", 2).effective())
                    .isEqualTo(facts(submit(key, "fast", "")).policy());
            Files.writeString(dir.resolve("one.yaml"), "tenants: {mover: {weight: nine}}");
            Files.writeString(dir.resolve("other.yaml"), START + "  mover: {weight: 11}\n");
            await("the node with the good file, then both")
                    .atMost(IN_FORCE)
                    .untilAsserted(
                            () -> {
                                assertThat(atOther("mover").get("policy_version").intValue())
                                        .isEqualTo(3);
                                EffectivePolicy policy = facts(submit(key, "fast", "")).policy();
                                assertThat(policy.version()).isEqualTo(3);
                                assertThat(policy.weight()).isEqualTo(11);
                            });
        } finally {
            write(START);
        }
    }

    private static ResolvedPolicy archived(String tenantId, int version) {
        return ArchivedPolicy.read(
                Items.json(
                        one.aws()
                                .dynamoDbClient()
                                .getItem(
                                        b ->
                                                b.tableName(Names.TENANTS_TABLE)
                                                        .key(
                                                                Map.of(
                                                                        "tenant_id",
                                                                        Items.text(tenantId),
                                                                        "item",
                                                                        Items.text(
                                                                                "policy#"
                                                                                        + version))))
                                .join()
                                .item()));
    }
}
