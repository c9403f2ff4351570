package io.sluice.ingress.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Candidate;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.PriceBook;
import io.sluice.contract.ReservePrice;
import io.sluice.contract.Route;
import io.sluice.contract.ServiceTier;
import io.sluice.contract.Target;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.PriceBookJson;
import io.sluice.ingress.tenant.PoliciesOf;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReservesTest {
    private static final String HAIKU = "anthropic.claude-3-5-haiku-20241022-v1:0";
    private static final String MICRO = "amazon.nova-micro-v1:0";
    private static final long NOW = Instant.parse("2026-11-26T00:00:00Z").toEpochMilli();
    private final PriceBook book = PriceBookJson.shipped();

    private static EffectivePolicy policy(String yaml) {
        return PoliciesOf.of(PoliciesOf.yaml(yaml), "acme").effective();
    }

    @Test
    void holdsCountWhatWritingTheCacheCosts() {
        assertThat(Reserves.of(HAIKU, null, policy(""), book, NOW))
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
        assertThat(Reserves.of(HAIKU, null, policy, book, NOW)).containsOnlyKeys(HAIKU, MICRO);
        assertThat(Reserves.of("acme.own", null, policy(""), book, NOW)).isEmpty();
    }

    @Test
    void holdOfARouteCoversItsDearestTargetAndItsCheaperModel() {
        Candidate haiku = Candidate.of(Target.of(HAIKU));
        Candidate micro = Candidate.of(Target.of(MICRO));
        ReservePrice dearest = ReservePrice.flat(1_000_000, 4_000_000);
        assertThat(
                        Reserves.of(
                                MICRO,
                                new Route(List.of(micro, haiku), 0, null),
                                policy(""),
                                book,
                                NOW))
                .containsOnly(Map.entry(MICRO, dearest));
        assertThat(Reserves.of(MICRO, new Route(List.of(micro), 0, haiku), policy(""), book, NOW))
                .containsOnly(Map.entry(MICRO, dearest));
    }

    @Test
    void holdCountsTheDearestTierAndWritingTheCacheForAnHour() {
        String haiku = "global.anthropic.claude-haiku-4-5-20251001-v1:0";
        Candidate flex = Candidate.of(Target.of(haiku, null, ServiceTier.FLEX));
        Candidate priority = Candidate.of(Target.of(haiku, null, ServiceTier.PRIORITY));
        Route route = new Route(List.of(flex, priority), 0, null);
        // 2 USD per million written for an hour and 5 of output, both times 1.75
        assertThat(Reserves.of(haiku, route, policy(""), book, NOW))
                .containsOnly(Map.entry(haiku, ReservePrice.flat(3_500_000, 8_750_000)));
    }

    @Test
    void holdCountsTheDearestPriceAroundTheTimeOfReceipt() {
        String row = "{\"model\":\"m\",\"scopes\":[\"base\"],\"output\":\"1\",\"input\":";
        PriceBook dated =
                PriceBookJson.read(
                        Json.parse(
                                "{\"version\":\"v\",\"prices\":["
                                        + row
                                        + "\"1\"},"
                                        + row
                                        + "\"3\",\"from\":\"2026-11-26\"}]}"));
        ReservePrice cheap = ReservePrice.flat(1_000_000, 1_000_000);
        ReservePrice dear = ReservePrice.flat(3_000_000, 1_000_000);
        assertThat(Reserves.of("m", null, policy(""), dated, NOW - 300_001)).containsValue(cheap);
        assertThat(Reserves.of("m", null, policy(""), dated, NOW - 300_000)).containsValue(dear);
        assertThat(Reserves.of("m", null, policy(""), dated, NOW + 300_000)).containsValue(dear);
    }

    @Test
    void routeWithATargetThatHasNoPriceHasNone() {
        Candidate micro = Candidate.of(Target.of(MICRO));
        Candidate own = Candidate.of(Target.of("acme.own"));
        assertThat(
                        Reserves.of(
                                MICRO,
                                new Route(List.of(micro, own), 0, null),
                                policy(""),
                                book,
                                NOW))
                .isEmpty();
    }
}
