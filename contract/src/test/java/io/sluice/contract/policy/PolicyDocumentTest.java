package io.sluice.contract.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.AmbiguousAction;
import io.sluice.contract.Budget;
import io.sluice.contract.BudgetAction;
import io.sluice.contract.CacheRules;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Isolation;
import io.sluice.contract.PriceBook;
import io.sluice.contract.Priority;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.PriceBookJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDocumentTest {
    private static final PriceBook PRICES = PriceBookJson.shipped();

    private static PolicyDocument policy(String... lines) {
        return PolicyDocument.read(String.join("\n", lines), PRICES);
    }

    private static ResolvedPolicy of(PolicyDocument document, String tenant, String overrides) {
        return document.policyOf(
                        tenant,
                        null,
                        PolicyEntry.ofOverrides(Json.parse(overrides)),
                        PRICES.version(),
                        1)
                .orElseThrow();
    }

    private static EffectivePolicy effective(PolicyDocument document, String tenant) {
        return of(document, tenant, "{}").effective();
    }

    @ParameterizedTest
    @CsvSource({"free,10,1000", "business,100,100000", "enterprise,1000,10000000"})
    void shippedTiersAreTheTablesOfTheDesignAndNoOtherLimitIsOn(
            String tier, long perMinute, long perDay) {
        ResolvedPolicy resolved =
                PolicyDocument.shipped(PRICES)
                        .policyOf("acme", tier, PolicyEntry.NONE, PRICES.version(), 7)
                        .orElseThrow();
        assertThat(resolved.effective())
                .isEqualTo(
                        EffectivePolicy.builder()
                                .version(7)
                                .hash(resolved.hash())
                                .tier(tier)
                                .requestsPerMinute(perMinute)
                                .requestsPerDay(perDay)
                                .cache(CacheRules.SHIPPED)
                                .priceVersion(PRICES.version())
                                .build());
        assertThat(resolved.maxTokensDefault()).isEqualTo(1_024);
        assertThat(resolved.maxTokensCeiling()).isEqualTo(200_000);
        assertThat(resolved.defaultPriority()).isEqualTo(Priority.NORMAL);
        assertThat(resolved.isolation()).isEqualTo(Isolation.POOLED);
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {"", "# nothing", "tiers:", "{}", "---\ntenants: {}\n"})
    void emptyDocumentIsTheShippedPolicy(String yaml) {
        PolicyDocument document = PolicyDocument.read(yaml, PRICES);
        assertThat(document.tierNames()).containsExactly("business", "enterprise", "free");
        assertThat(document.defaultTier()).isEqualTo("free");
        assertThat(effective(document, "anyone").requestsPerMinute()).isEqualTo(10);
    }

    @Test
    void fileAddsTiersAndChangesSingleLimitsOfShippedOnes() {
        PolicyDocument document =
                policy(
                        "default_tier: gold",
                        "tiers:",
                        "  gold: {requests_per_minute: 7}",
                        "  free: {requests_per_minute: 3}",
                        "tenants:",
                        "  small: {tier: free}");
        assertThat(document.tierNames()).containsExactly("business", "enterprise", "free", "gold");
        assertThat(effective(document, "anyone").tier()).isEqualTo("gold");
        assertThat(effective(document, "anyone").requestsPerDay())
                .isEqualTo(EffectivePolicy.UNLIMITED);
        assertThat(effective(document, "small").requestsPerMinute()).isEqualTo(3);
        assertThat(effective(document, "small").requestsPerDay()).isEqualTo(1_000);
    }

    @Test
    void overridesGoBeforeTheTenantsEntryAndThatBeforeTheTier() {
        PolicyDocument document =
                policy(
                        "tiers:",
                        "  free: {requests_per_minute: 3, weight: 2, tokens_per_minute: 9}",
                        "tenants:",
                        "  acme: {requests_per_minute: 4, weight: 5}");
        EffectivePolicy policy =
                of(document, "acme", "{\"requests_per_minute\":6,\"max_pending\":null}")
                        .effective();
        assertThat(policy.requestsPerMinute()).isEqualTo(6);
        assertThat(policy.weight()).isEqualTo(5);
        assertThat(policy.tokensPerMinute()).isEqualTo(9);
        assertThat(policy.requestsPerDay()).isEqualTo(1_000);
        assertThat(policy.maxPending()).isEqualTo((int) EffectivePolicy.UNLIMITED);
    }

    @Test
    void groupsAreOverriddenKeyByKey() {
        PolicyDocument document =
                policy(
                        "tiers:",
                        "  free:",
                        "    max_tokens: {default: 100, ceiling: 2000}",
                        "    cache: {llm_ttl_seconds: 60, session_turns: 3}",
                        "tenants:",
                        "  acme: {max_tokens: {ceiling: 50}, cache: {sampled: false}}",
                        "  cold: {cache: off}");
        ResolvedPolicy acme = of(document, "acme", "{}");
        assertThat(acme.maxTokensCeiling()).isEqualTo(50);
        assertThat(acme.maxTokensDefault()).as("never above the ceiling").isEqualTo(50);
        assertThat(acme.effective().cache())
                .isEqualTo(new CacheRules(60_000, 3_600_000, 86_400_000, false, 3, 32_000));
        assertThat(effective(document, "cold").cache())
                .isEqualTo(new CacheRules(0, 0, 0, true, 3, 32_000));
    }

    @Test
    void everyKeyReachesTheEffectivePolicy() {
        ResolvedPolicy resolved =
                of(
                        policy(
                                "models:",
                                "  fast: {model: amazon.nova-micro-v1:0}",
                                "  acme.own-v1: {family: meta}",
                                "tiers:",
                                "  all:",
                                "    requests_per_minute: unlimited",
                                "    requests_per_day: 0",
                                "    tokens_per_minute: 5000",
                                "    max_concurrent: 3",
                                "    max_pending: 9",
                                "    weight: 4",
                                "    budget_per_day_usd: 0.000000000001",
                                "    budget_per_month_usd: {limit: '5.00', action: downgrade, downgrade_to: fast}",
                                "    max_tokens: 300",
                                "    priority: low",
                                "    allowed_models: [fast, acme.own-v1]",
                                "    isolation: silo",
                                "    ambiguous: fail",
                                "    shadow: [tokens_per_minute, budget_per_day_usd]",
                                "default_tier: all"),
                        "acme",
                        "{}");
        assertThat(resolved.effective())
                .isEqualTo(
                        EffectivePolicy.builder()
                                .version(1)
                                .hash(resolved.hash())
                                .tier("all")
                                .requestsPerMinute(EffectivePolicy.UNLIMITED)
                                .requestsPerDay(0)
                                .tokensPerMinute(5_000)
                                .maxConcurrent(3)
                                .maxPending(9)
                                .weight(4)
                                .dayBudget(Budget.of(1, BudgetAction.BLOCK, null))
                                .monthBudget(
                                        Budget.of(
                                                5_000_000_000_000L,
                                                BudgetAction.DOWNGRADE,
                                                "amazon.nova-micro-v1:0"))
                                .cache(CacheRules.SHIPPED)
                                .allowedModels(List.of("acme.own-v1", "amazon.nova-micro-v1:0"))
                                .shadow(List.of("budget-per-day", "tokens-per-minute"))
                                .priceVersion(PRICES.version())
                                .ambiguous(AmbiguousAction.FAIL)
                                .isolation(Isolation.SILO)
                                .build());
        assertThat(resolved.maxTokensDefault()).isEqualTo(300);
        assertThat(resolved.maxTokensCeiling()).isEqualTo(300);
        assertThat(resolved.defaultPriority()).isEqualTo(Priority.LOW);
        assertThat(resolved.isolation()).isEqualTo(Isolation.SILO);
        assertThat(resolved.effective().isolation()).as("travels").isEqualTo(Isolation.SILO);
    }

    @Test
    void shadowTrueIsEveryLimitThatCanRefuse() {
        assertThat(effective(policy("tiers: {free: {shadow: true}}"), "acme").shadow())
                .containsExactly(
                        "budget-per-day",
                        "budget-per-month",
                        "max-pending",
                        "requests-per-day",
                        "requests-per-minute",
                        "tokens-per-minute");
        assertThat(effective(policy("tiers: {free: {shadow: false}}"), "acme").shadow()).isEmpty();
    }

    @Test
    void amountsAreNeverDoubles() {
        PolicyDocument document =
                policy("tiers: {free: {budget_per_month_usd: 8999999.123456789012}}");
        assertThat(effective(document, "acme").monthBudget().limitPicoUsd())
                .isEqualTo(8_999_999_123_456_789_012L);
    }

    @Test
    void hashIsOverTheContentAndNotTheVersion() {
        PolicyDocument document = policy("tenants: {b: {weight: 2}}");
        ResolvedPolicy one = of(document, "a", "{}");
        assertThat(one.withVersion(9).hash()).isEqualTo(one.hash()).hasSize(64);
        assertThat(of(document, "other", "{}").hash()).isEqualTo(one.hash());
        assertThat(of(document, "b", "{}").hash()).isNotEqualTo(one.hash());
        assertThat(of(document, "a", "{\"isolation\":\"silo\"}").hash()).isNotEqualTo(one.hash());
        assertThat(of(document, "a", "{\"max_tokens\":9}").hash()).isNotEqualTo(one.hash());
        assertThat(of(policy("# a comment", "tenants: {b: {weight: 2}}"), "a", "{}").hash())
                .isEqualTo(one.hash());
    }

    @Test
    void archivedPolicyIsReadAsItWas() {
        ResolvedPolicy policy =
                of(
                        policy("tiers: {free: {budget_per_day_usd: {limit: 1, action: warn}}}"),
                        "acme",
                        "{\"cache\":{\"llm_ttl_seconds\":0.25}}");
        assertThat(ArchivedPolicy.read(Json.parse(Json.bytes(ArchivedPolicy.write("a", policy)))))
                .isEqualTo(policy);
        var forged = ArchivedPolicy.write("a", policy);
        forged.withObject("/document/limits").put("weight", 3);
        assertThat(
                        org.assertj.core.api.Assertions.catchThrowable(
                                () -> ArchivedPolicy.read(forged)))
                .hasMessageContaining("hash");
    }

    @Test
    void whatALaterVersionAddedIsNoObstacle() {
        ResolvedPolicy policy = of(policy(""), "acme", "{}");
        var document = policy.document();
        document.withObject("/limits").put("images_per_day", 3);
        document.withObject("/limits/cache").put("tool_ttl_seconds", 3);
        ResolvedPolicy read = ResolvedPolicy.ofDocument(document, 1);
        assertThat(read.effective().cache()).isEqualTo(policy.effective().cache());
        assertThat(read.hash()).as("over all of it").isNotEqualTo(policy.hash());
        assertThat(PolicyEntry.ofStored(Json.parse("{\"weight\":2,\"images_per_day\":3}")).text())
                .isEqualTo("{\"weight\":2}");
    }

    @Test
    void overridesOfTheFirstVersionKeepTheirMeaning() {
        EffectivePolicy policy =
                of(
                                PolicyDocument.shipped(PRICES),
                                "acme",
                                "{\"requests_per_day\":-1,\"cache_ttl_ms\":1500,\"max_concurrent\":8}")
                        .effective();
        assertThat(policy.requestsPerDay()).isEqualTo(EffectivePolicy.UNLIMITED);
        assertThat(policy.cache()).isEqualTo(CacheRules.SHIPPED.withLlmTtlMillis(1_500));
        assertThat(policy.maxConcurrent()).isEqualTo(8);
    }

    @Test
    void aliasesAndFamiliesAreFoundWithAndWithoutWhatStandsBeforeAnId() {
        ModelCatalogue models =
                policy("models: {fast: {model: acme.own-v1}, acme.two: {family: anthropic}}")
                        .models();
        assertThat(models.realId("fast")).isEqualTo("acme.own-v1");
        assertThat(models.realId("other")).isEqualTo("other");
        assertThat(models.knows("acme.own-v1", PRICES)).as("listed without a price").isTrue();
        assertThat(models.knows("us.acme.two", PRICES)).isTrue();
        assertThat(models.knows("us.amazon.nova-micro-v1:0", PRICES)).isTrue();
        assertThat(models.knows("evil/amazon.nova-micro-v1:0", PRICES)).isFalse();
        assertThat(models.knows("acme.three", PRICES)).isFalse();
        assertThat(models.familyOf("us.acme.two")).isEqualTo(ModelFamily.ANTHROPIC);
        assertThat(models.familyOf("global.anthropic.claude-x")).isEqualTo(ModelFamily.ANTHROPIC);
        assertThat(models.familyOf("acme.own-v1")).isEqualTo(ModelFamily.UNKNOWN);
    }
}
