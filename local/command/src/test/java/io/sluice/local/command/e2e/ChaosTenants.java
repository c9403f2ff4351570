package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tenants with limits on everything that is held, each with a twin of the same policy that asks
 * nothing. At rest whatever is left of a tenant's limits differs from what is left of its twin's by
 * what its results cost, and by nothing else: that is how holds are seen from outside.
 */
final class ChaosTenants {
    private static final String TWIN = "-twin";

    /**
     * Policies under load: plenty, a budget that is soon spent, few pending requests and no second
     * call when the first may have been one.
     */
    private static final Map<String, String> LOADED =
            Map.of(
                    "chaos-plenty", overrides(100_000, "100", 5_000),
                    "chaos-poor", overrides(100_000, "0.004", 5_000),
                    "chaos-few", overrides(300, "100", 12, "fail"));

    /** The policy at rest, under which a probe is always admitted. */
    private static final String RESTING = overrides(1_000_000, "100000", 100_000);

    private final String api;
    private final Api admin;
    private final Map<String, String> keys = new LinkedHashMap<>();

    ChaosTenants(String api, String adminKey) {
        this.api = api;
        this.admin = new Api(api, adminKey);
    }

    /** Creates the tenants and their twins. */
    void create() {
        LOADED.forEach(
                (tenant, overrides) -> {
                    create(tenant, overrides);
                    create(tenant + TWIN, overrides);
                });
    }

    /** Keys of those that ask. */
    List<String> askingKeys() {
        List<String> asking = new ArrayList<>();
        LOADED.keySet().stream().sorted().forEach(tenant -> asking.add(keys.get(tenant)));
        return asking;
    }

    /** Waits until nothing is held that has no end. */
    void awaitNothingHeld(Ledger ledger, Duration atMost) {
        keys.keySet().forEach(this::rest);
        LOADED.keySet()
                .forEach(
                        tenant ->
                                await("nothing held of " + tenant)
                                        .atMost(atMost)
                                        .pollInterval(Duration.ofSeconds(1))
                                        .untilAsserted(() -> assertNothingHeld(tenant, ledger)));
    }

    private void assertNothingHeld(String tenant, Ledger ledger) {
        // Read before the probes: they hold before they cost.
        long spent = ledger.costOf(tenant);
        long twinSpent = ledger.costOf(tenant + TWIN);
        Map<String, Long> left = probe(tenant, ledger);
        Map<String, Long> untouched = probe(tenant + TWIN, ledger);
        assertThat(left.get("max-pending"))
                .as("pending requests left of %s and its twin", tenant)
                .isEqualTo(untouched.get("max-pending"));
        for (String budget : List.of("budget-per-day", "budget-per-month")) {
            assertThat(left.get(budget))
                    .as("%s left of %s, which spent %d", budget, tenant, spent)
                    .isEqualTo(untouched.get(budget) + twinSpent - spent);
        }
    }

    /** Asks a question that is always the same and always admitted; what was left after it. */
    private Map<String, Long> probe(String tenant, Ledger ledger) {
        Api.Answer answer =
                new Api(api, keys.get(tenant))
                        .ask(
                                "{\"model\":\"amazon.nova-micro-v1:0\",\"max_tokens\":8,\"cache\":\"bypass\","
                                        + "\"messages\":[{\"role\":\"user\",\"content\":\"What is left?\"}]}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return ledger.limitsLeft(tenant, answer.json().path("id").asText());
    }

    private void rest(String tenant) {
        Api.Answer changed =
                admin.put("/v1/admin/tenants/" + tenant, "{\"overrides\":" + RESTING + "}");
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
    }

    private void create(String tenant, String overrides) {
        Api.Answer created =
                admin.post(
                        "/v1/admin/tenants",
                        "{\"tenant_id\":\""
                                + tenant
                                + "\",\"tier\":\"enterprise\",\"overrides\":"
                                + overrides
                                + "}");
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        keys.put(tenant, created.json().path("api_key").asText());
    }

    private static String overrides(int perMinute, String budget, int pending) {
        return overrides(perMinute, budget, pending, "retry");
    }

    private static String overrides(int perMinute, String budget, int pending, String ambiguous) {
        return "{\"requests_per_minute\":"
                + perMinute
                + ",\"budget_per_day_usd\":\""
                + budget
                + "\",\"budget_per_month_usd\":\""
                + budget
                + "\",\"max_pending\":"
                + pending
                + ",\"ambiguous\":\""
                + ambiguous
                + "\"}";
    }
}
