package io.sluice.ingress.dashboard;

import static io.sluice.ingress.dashboard.UsageTable.requests;
import static io.sluice.ingress.dashboard.UsageTable.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.Granularity;
import io.sluice.contract.Names;
import io.sluice.contract.TenantItem;
import io.sluice.contract.json.Json;
import io.sluice.ingress.job.JobHealth;
import io.sluice.ingress.tenant.TableOfTenants;
import io.sluice.ingress.tenant.TenantStore;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FleetSourceTest {
    private static final long NOW = Instant.parse("2026-11-23T12:34:30Z").toEpochMilli();

    private final UsageTable usage = new UsageTable();
    private final ResultTable results = new ResultTable();
    private long now = NOW;

    @Test
    void figuresAreThoseOfAllTenants() {
        usage.rows.add(row("a", Granularity.MINUTE, NOW, requests(3, 5_000)));
        usage.rows.add(row("a", Granularity.MINUTE, NOW - 60_000, requests(6, 1_000)));
        usage.rows.add(row("b", Granularity.MINUTE, NOW - 1_800_000, requests(8, 2_000)));
        results.items.add(ResultTable.rejected("a", NOW - 2, Names.REQUESTS_PER_MINUTE));
        results.items.add(ResultTable.answered("b", NOW - 3, 40));
        results.items.add(ResultTable.answered("b", NOW - 3_600_001, 9_000));
        JsonNode view = load(source(List.of("a", "b", "c")));
        assertThat(view.at("/totals/requests").longValue()).isEqualTo(17);
        assertThat(view.at("/totals/cost_usd").asText()).isEqualTo("0.000000008");
        // Nine in 90 s, 6,000 pico-USD.
        assertThat(view.at("/pace/requests_per_second").asText()).isEqualTo("0.10");
        assertThat(view.at("/pace/cost_usd_per_minute").asText()).isEqualTo("0.000000004");
        assertThat(view.at("/tenants/0/name").asText()).isEqualTo("a");
        assertThat(view.path("tenants_with_usage").asInt()).isEqualTo(2);
        assertThat(view.at("/recent/rejected_by_reason/0/reason").asText())
                .isEqualTo(Names.REQUESTS_PER_MINUTE);
        assertThat(view.at("/recent/results").asInt()).isEqualTo(2);
        assertThat(view.at("/recent/answered_ms/p95").asInt()).isEqualTo(40);
        assertThat(view.at("/job/state").asText()).isEqualTo("not-configured");
    }

    @Test
    void readsAreBoundedHoweverManyTenantsThereAre() {
        int tenants = 3 * FleetSource.TENANTS_AT_A_TIME;
        List<String> ids = IntStream.range(0, tenants).mapToObj(i -> "t" + i).toList();
        ids.forEach(id -> usage.rows.add(row(id, Granularity.MINUTE, NOW, requests(1, 1))));
        FleetSource source = source(ids);
        assertThat(load(source).at("/totals/requests").longValue()).isEqualTo(tenants);
        assertThat(usage.reads).hasSize(tenants);
        assertThat(results.reads).hasSize(FleetSource.RESULTS_AT_A_TIME);
        usage.reads.clear();
        for (int i = 1; i <= 3; i++) {
            now = NOW + 1_000L * i;
            load(source);
            assertThat(usage.reads).hasSize(i * FleetSource.TENANTS_AT_A_TIME);
        }
        assertThat(usage.reads.stream().map(UsageTable.Read::tenantId)).hasSameElementsAs(ids);
    }

    @Test
    void resultsAreReadOnlyWhileUsageMoves() {
        usage.rows.add(row("a", Granularity.MINUTE, NOW, requests(1, 1)));
        FleetSource source = source(List.of("a", "idle"));
        load(source);
        now = NOW + RecentResults.AFTERWARDS_MILLIS;
        load(source);
        assertThat(results.reads).containsExactly("a", "a");
        now++;
        load(source);
        assertThat(results.reads).hasSize(2);
        usage.rows.add(row("a", Granularity.MINUTE, NOW + 60_000, requests(1, 1)));
        load(source);
        assertThat(results.reads).hasSize(3);
    }

    @Test
    void aTableThatCannotBeReadIsAnErrorAndNotAZero() {
        FleetSource source = source(List.of("a"));
        usage.failing = true;
        assertThatThrownBy(() -> load(source)).hasMessageContaining("throttled");
    }

    private JsonNode load(FleetSource source) {
        return Json.parse(source.load().block().json());
    }

    private FleetSource source(List<String> tenants) {
        JobHealth unknown =
                new JobHealth(
                        JobHealth.State.NOT_CONFIGURED, new TreeMap<>(), new TreeMap<>(), null);
        return new FleetSource(
                TimeRange.HOUR,
                new Roster(roster(tenants), usage, results, EnumSet.of(TimeRange.HOUR)),
                () -> CompletableFuture.completedFuture(unknown),
                () -> Instant.ofEpochMilli(now));
    }

    private static TenantStore roster(List<String> ids) {
        TableOfTenants table = new TableOfTenants();
        ids.forEach(
                id ->
                        table.put(
                                TenantItem.builder()
                                        .tenantId(id)
                                        .tier("free")
                                        .policyVersion(1)
                                        .build()));
        return table;
    }
}
