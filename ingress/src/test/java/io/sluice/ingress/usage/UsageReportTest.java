package io.sluice.ingress.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.Granularity;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.ingress.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UsageReportTest {
    private static final long NOW = millis("2026-11-23T12:34:56.789Z");

    @Test
    void rowsAreSummedOverWhatIsNotGroupedBy() {
        UsageReport report = new UsageReport(query("granularity=hour&group=model"), false);
        report.add(item("acme", "2026-11-23T11:00:00Z", "m1", "chat", 2, 35_000));
        report.add(item("acme", "2026-11-23T11:00:00Z", "m1", "search", 3, 1));
        report.add(item("acme", "2026-11-23T11:00:00Z", "m2", "chat", 5, 0));
        report.add(item("acme", "2026-11-23T12:00:00Z", "m1", "chat", 7, 0));
        JsonNode json = report.json();
        assertThat(json.get("rows")).hasSize(3);
        assertThat(json.at("/rows/0/window_start").textValue()).isEqualTo("2026-11-23T11:00:00Z");
        assertThat(json.at("/rows/0/model").textValue()).isEqualTo("m1");
        assertThat(json.at("/rows/0").has("endpoint")).isFalse();
        assertThat(json.at("/rows/0/requests").longValue()).isEqualTo(5);
        assertThat(json.at("/rows/0/cost_usd").textValue()).isEqualTo("0.000000035001");
        assertThat(json.at("/totals/requests").longValue()).isEqualTo(17);
        assertThat(json.has("tenants")).isFalse();
    }

    @Test
    void aWindowIsTheSumOfItsRowsLateOnesToo() {
        UsageItem onTime = item("acme", "2026-11-23T11:00:00Z", "m1", "chat", 2, 35_000);
        UsageItem late = item("acme", "2026-11-23T11:00:00Z", "m1", "chat", 0, 7);
        UsageReport report = new UsageReport(query("granularity=hour&group=model"), false);
        report.add(onTime);
        report.add(
                late.toBuilder()
                        .key(
                                late.key().toBuilder()
                                        .lateDayMillis(millis("2026-11-24T00:00:00Z"))
                                        .build())
                        .build());
        JsonNode rows = report.json().get("rows");
        assertThat(rows).hasSize(1);
        assertThat(rows.at("/0/requests").longValue()).isEqualTo(2);
        assertThat(rows.at("/0/cost_usd").textValue()).isEqualTo("0.000000035007");
    }

    @Test
    void monthsAreMadeOfTheirDays() {
        UsageReport report =
                new UsageReport(query("granularity=month&from=2026-01-15&to=2026-03-02"), false);
        report.add(day("2026-01-01", 1));
        report.add(day("2026-01-31", 2));
        report.add(day("2026-02-01", 4));
        report.add(day("2026-02-28", 8));
        JsonNode rows = report.json().get("rows");
        assertThat(rows).hasSize(2);
        assertThat(rows.at("/0/window_start").textValue()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(rows.at("/0/requests").longValue()).isEqualTo(3);
        assertThat(rows.at("/1/requests").longValue()).isEqualTo(12);
    }

    @Test
    void reportOfAllNamesTenantsAndTheirTotals() {
        UsageReport report = new UsageReport(query(""), true);
        report.add(item("b", "2026-11-23T11:00:00Z", "m", "e", 1, 9_000_000_000_000_000_000L));
        report.add(item("b", "2026-11-23T12:00:00Z", "m", "e", 1, 9_000_000_000_000_000_000L));
        report.add(item("a", "2026-11-23T12:00:00Z", "m", "e", 4, 0));
        JsonNode json = report.json();
        assertThat(json.at("/rows/1/tenant_id").textValue()).isEqualTo("a");
        assertThat(json.at("/tenants/0/tenant_id").textValue()).isEqualTo("a");
        // Beyond what a long of 10^-12 USD holds.
        assertThat(json.at("/tenants/1/cost_usd").textValue()).isEqualTo("18000000");
        assertThat(json.at("/totals/requests").longValue()).isEqualTo(6);
        assertThat(json.at("/totals/provider_cost_usd").textValue()).isEqualTo("18000000");
        assertThat(json.at("/totals/estimated_cost_usd").textValue()).isEqualTo("0");
    }

    @Test
    void tenantsDoNotSeeWhatTheProviderIsPaid() {
        UsageReport report = new UsageReport(query(""), false);
        report.add(item("a", "2026-11-23T12:00:00Z", "m", "e", 4, 7));
        assertThat(report.json().at("/totals").has("provider_cost_usd")).isFalse();
        assertThat(report.json().at("/rows/0").has("estimated_cost_usd")).isFalse();
    }

    @Test
    void timesInTheMiddleOfAWindowStandForTheWholeWindow() {
        UsageQuery query =
                query("granularity=minute&from=2026-11-23T10:00:30Z&to=2026-11-23T10:05:30Z");
        assertThat(query.fromMillis()).isEqualTo(millis("2026-11-23T10:00:00Z"));
        assertThat(query.toMillis()).isEqualTo(millis("2026-11-23T10:06:00Z"));
        UsageQuery aligned = query("granularity=day&from=2026-11-01&to=2026-11-03");
        assertThat(aligned.toMillis()).isEqualTo(millis("2026-11-03T00:00:00Z"));
    }

    @Test
    void reportThatSaysNothingEndsNow() {
        UsageQuery query = query("granularity=minute");
        assertThat(query.fromMillis()).isEqualTo(millis("2026-11-23T11:34:00Z"));
        assertThat(query.toMillis()).isEqualTo(millis("2026-11-23T12:35:00Z"));
    }

    @Test
    void spansThatAreTooLongAreRefused() {
        assertThatThrownBy(() -> query("granularity=minute&from=2026-11-01"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("at most 2 days");
    }

    private static UsageQuery query(String parameters) {
        Map<String, List<String>> map = new TreeMap<>();
        for (String parameter : parameters.isEmpty() ? new String[0] : parameters.split("&")) {
            int equals = parameter.indexOf('=');
            map.put(parameter.substring(0, equals), List.of(parameter.substring(equals + 1)));
        }
        return UsageQuery.of(map, NOW);
    }

    private static UsageItem day(String date, long requests) {
        UsageItem item = item("acme", date + "T00:00:00Z", "m", "e", requests, 0);
        return item.toBuilder()
                .key(item.key().toBuilder().granularity(Granularity.DAY).build())
                .build();
    }

    private static UsageItem item(
            String tenant, String start, String model, String endpoint, long requests, long pico) {
        return UsageItem.builder()
                .tenantId(tenant)
                .key(
                        UsageKey.builder()
                                .granularity(Granularity.HOUR)
                                .windowStartMillis(millis(start))
                                .model(model)
                                .endpoint(endpoint)
                                .agentId("-")
                                .costCenter("-")
                                .build())
                .counts(UsageCounts.builder().requests(requests).costPicoUsd(pico).build())
                .version(1)
                .build();
    }

    private static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
