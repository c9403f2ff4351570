package io.sluice.ingress.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.TenantItem;
import io.sluice.contract.json.PriceBookJson;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoliciesTest {
    private final Policies policies =
            new Policies(
                    List.of(
                            new TierSettings("free", 10, 1_000, 4, 1_800_000),
                            new TierSettings("business", 100, 100_000, 64, 1_800_000)),
                    PriceBookJson.shipped());

    private static TenantItem tenant(String tier, int version, Map<String, Long> overrides) {
        return TenantItem.builder()
                .tenantId("acme")
                .tier(tier)
                .policyVersion(version)
                .overrides(overrides)
                .build();
    }

    private EffectivePolicy policy(String tier, int version, Map<String, Long> overrides) {
        return policies.policyOf(tenant(tier, version, overrides)).orElseThrow();
    }

    @Test
    void overridesGoBeforeTheTier() {
        EffectivePolicy policy =
                policy("free", 3, Map.of("requests_per_minute", 25L, "requests_per_day", -1L));
        assertThat(policy.requestsPerMinute()).isEqualTo(25);
        assertThat(policy.requestsPerDay()).isEqualTo(EffectivePolicy.UNLIMITED);
        assertThat(policy.maxConcurrent()).isEqualTo(4);
        assertThat(policy.cache().llmTtlMillis()).isEqualTo(1_800_000);
        assertThat(policy.version()).isEqualTo(3);
        assertThat(policy.priceVersion()).isEqualTo("2026-06-list");
    }

    @Test
    void hashIsOverTheContentAndNotTheVersion() {
        assertThat(policy("free", 1, Map.of()).hash())
                .hasSize(64)
                .isEqualTo(policy("free", 2, Map.of()).hash())
                .isNotEqualTo(policy("business", 1, Map.of()).hash())
                .isNotEqualTo(policy("free", 1, Map.of("max_concurrent", 5L)).hash());
    }

    @Test
    void tierThatIsNotConfiguredHasNoPolicy() {
        assertThat(policies.policyOf(tenant("gold", 1, Map.of()))).isEmpty();
    }
}
