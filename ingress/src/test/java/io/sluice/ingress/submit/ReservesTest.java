package io.sluice.ingress.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Candidate;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.PriceBook;
import io.sluice.contract.ReservePrice;
import io.sluice.contract.Route;
import io.sluice.contract.Target;
import io.sluice.contract.json.PriceBookJson;
import io.sluice.ingress.tenant.PoliciesOf;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReservesTest {
    private static final String HAIKU = "anthropic.claude-3-5-haiku-20241022-v1:0";
    private static final String MICRO = "amazon.nova-micro-v1:0";
    private final PriceBook book = PriceBookJson.shipped();

    private static EffectivePolicy policy(String yaml) {
        return PoliciesOf.of(PoliciesOf.yaml(yaml), "acme").effective();
    }

    @Test
    void holdsCountWhatWritingTheCacheCosts() {
        assertThat(Reserves.of(HAIKU, null, policy(""), book))
                .containsOnlyKeys(HAIKU)
                .containsValue(ReservePrice.flat(1_000_000, 4_000_000));
    }

    @Test
    void modelsThatBudgetsTurnToArePricedTooUnlessTheyHaveNoPrice() {
        EffectivePolicy policy =
                policy(
                        "models: {cheap: {model: "
                                + MICRO
                                + "}, acme.own: {}}\n"
                                + "tenants:\n  acme:\n"
                                + "    budget_per_day_usd: {limit: 1, action: downgrade, downgrade_to: cheap}\n"
                                + "    budget_per_month_usd: {limit: 1, action: downgrade, downgrade_to: acme.own}\n");
        assertThat(Reserves.of(HAIKU, null, policy, book)).containsOnlyKeys(HAIKU, MICRO);
        assertThat(Reserves.of("acme.own", null, policy(""), book)).isEmpty();
    }

    @Test
    void holdOfARouteCoversItsDearestTargetAndItsCheaperModel() {
        Candidate haiku = Candidate.of(Target.of(HAIKU));
        Candidate micro = Candidate.of(Target.of(MICRO));
        ReservePrice dearest = ReservePrice.flat(1_000_000, 4_000_000);
        assertThat(Reserves.of(MICRO, new Route(List.of(micro, haiku), 0, null), policy(""), book))
                .containsOnly(Map.entry(MICRO, dearest));
        assertThat(Reserves.of(MICRO, new Route(List.of(micro), 0, haiku), policy(""), book))
                .containsOnly(Map.entry(MICRO, dearest));
    }

    @Test
    void routeWithATargetThatHasNoPriceHasNone() {
        Candidate micro = Candidate.of(Target.of(MICRO));
        Candidate own = Candidate.of(Target.of("acme.own"));
        assertThat(Reserves.of(MICRO, new Route(List.of(micro, own), 0, null), policy(""), book))
                .isEmpty();
    }
}
