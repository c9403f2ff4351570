package io.sluice.ingress.dashboard;

import static io.sluice.ingress.dashboard.UsageTable.requests;
import static io.sluice.ingress.dashboard.UsageTable.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.Granularity;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Names;
import io.sluice.contract.ResultItem;
import io.sluice.contract.TenantItem;
import io.sluice.contract.UsageItem;
import io.sluice.contract.json.Json;
import io.sluice.ingress.tenant.PoliciesOf;
import io.sluice.ingress.tenant.Tenant;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TenantFiguresTest {
    private static final long NOW = millis("2026-11-16T00:00:00Z");
    private static final Tenant ACME =
            new Tenant(
                    TenantItem.builder().tenantId("acme").tier("gold").policyVersion(1).build(),
                    PoliciesOf.of(
                            PoliciesOf.yaml(
                                    """
                                    tenants:
                                      acme:
                                        tier: free
                                        tokens_per_minute: 500
                                        budget_per_day_usd: "0.004"
                                        budget_per_month_usd: {limit: "0.01", action: warn}
                                    """),
                            "acme"));

    @Test
    void spendIsThatOfTheDayAndTheMonthAndProjectedToItsEnd() {
        List<UsageItem> days =
                List.of(
                        day("2026-10-31T00:00:00Z", 7_000_000_000L),
                        day("2026-11-01T00:00:00Z", 2_000_000_000L),
                        day("2026-11-16T00:00:00Z", 3_000_000_000L));
        JsonNode spend = new Spending(ACME, NOW, days).json();
        assertThat(spend.at("/today/spent_usd").asText()).isEqualTo("0.003");
        assertThat(spend.at("/today/left_usd").asText()).isEqualTo("0.001");
        assertThat(spend.at("/today/used_permille").asInt()).isEqualTo(750);
        assertThat(spend.at("/today/action").asText()).isEqualTo("block");
        assertThat(spend.at("/month/spent_usd").asText()).isEqualTo("0.005");
        // Fifteen of thirty days.
        assertThat(spend.at("/month/projected_usd").asText()).isEqualTo("0.01");
        assertThat(spend.at("/month/projected_over_budget").asBoolean()).isFalse();
        JsonNode later =
                new Spending(ACME, NOW, List.of(day("2026-11-02T00:00:00Z", 5_000_000_001L)))
                        .json();
        assertThat(later.at("/month/projected_over_budget").asBoolean()).isTrue();
    }

    @Test
    void limitsAreThoseOfThePolicyAndWhatTheNewestDecisionLeft() {
        List<ResultItem> results =
                List.of(
                        decided(
                                NOW - 1_000,
                                8,
                                LimitStatus.of(Names.REQUESTS_PER_MINUTE, 10, 4, 1)),
                        decided(
                                NOW - 2_000,
                                7,
                                LimitStatus.of(Names.REQUESTS_PER_MINUTE, 10, 5, 1)));
        JsonNode limits = new LimitsLeft(ACME.policy(), NOW, results).json();
        assertThat(limits.at("/0/name").asText()).isEqualTo(Names.REQUESTS_PER_MINUTE);
        assertThat(limits.at("/0/limit").asInt()).isEqualTo(10);
        assertThat(limits.at("/0/left").asInt()).isEqualTo(4);
        assertThat(limits.at("/3/limit").isNull()).as("max-pending is not on").isTrue();
    }

    @Test
    void whatWasUsedOfAWindowThatIsOverIsLeftAgain() {
        LimitStatus minute = LimitStatus.of(Names.REQUESTS_PER_MINUTE, 10, 0, 1);
        LimitStatus day = LimitStatus.of(Names.REQUESTS_PER_DAY, 1_000, 1, 1);
        List<ResultItem> results = List.of(decided(NOW, 1, minute, day));
        assertThat(left(results, NOW + 59_999, 0)).isEqualTo(0);
        assertThat(left(results, NOW + 60_000, 0)).isEqualTo(10);
        assertThat(left(results, NOW + 86_399_999, 1)).isEqualTo(1);
        assertThat(left(results, NOW + 86_400_000, 1)).isEqualTo(1_000);
    }

    @Test
    void nothingDecidedMeansNothingIsKnown() {
        JsonNode limits = new LimitsLeft(ACME.policy(), NOW, List.of()).json();
        assertThat(limits.at("/0/left").isNull()).isTrue();
    }

    @Test
    void viewNamesNoOtherTenantAndNoWordOfAnAnswer() {
        UsageTable usage = new UsageTable();
        ResultTable results = new ResultTable();
        for (String tenant : List.of("acme", "rival")) {
            usage.rows.add(
                    row(tenant, Granularity.MINUTE, NOW, "m", tenant + "-chat", requests(2, 3), 1));
            results.items.add(
                    ResultTable.answered(tenant, NOW - 1, 5).toBuilder()
                            .output("the answer")
                            .endpoint(tenant + "-chat")
                            .build());
        }
        TenantFeed feed =
                new TenantFeed("acme", EnumSet.of(TimeRange.HOUR, TimeRange.MONTH), usage, results);
        TenantSource source =
                new TenantSource(
                        TimeRange.HOUR,
                        feed,
                        () -> CompletableFuture.completedFuture(Optional.of(ACME)),
                        () -> Instant.ofEpochMilli(NOW));
        JsonNode view = Json.parse(source.load().block().json());
        assertThat(view.at("/totals/requests").asInt()).isEqualTo(2);
        assertThat(view.path("requests")).hasSize(1);
        assertThat(view.at("/by_endpoint/0/name").asText()).isEqualTo("acme-chat");
        assertThat(view.toString()).doesNotContain("rival", "the answer");
        assertThat(usage.reads).allMatch(read -> read.tenantId().equals("acme"));
    }

    private static long left(List<ResultItem> results, long nowMillis, int limit) {
        JsonNode left =
                new LimitsLeft(ACME.policy(), nowMillis, results).json().path(limit).path("left");
        assertThat(left.isNumber()).isTrue();
        return left.longValue();
    }

    private static ResultItem decided(long atMillis, long seq, LimitStatus... limits) {
        return ResultTable.answered("acme", atMillis, 1).toBuilder()
                .decision(ResultTable.decision(atMillis, List.of(limits), seq))
                .build();
    }

    private static UsageItem day(String start, long cost) {
        return row("acme", Granularity.DAY, millis(start), requests(1, cost));
    }

    private static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
