package io.sluice.local.command.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.Granularity;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.contract.json.Json;
import io.sluice.local.command.ledger.SyntheticLedger;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShowbackTest {
    private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);

    /** Of https://focus.finops.org/focus-specification/v1-2/, read 2026-11-27. */
    private static final List<String> MANDATORY =
            List.of(
                    "BilledCost",
                    "BillingAccountId",
                    "BillingAccountName",
                    "BillingCurrency",
                    "BillingPeriodEnd",
                    "BillingPeriodStart",
                    "ChargeCategory",
                    "ChargeClass",
                    "ChargeDescription",
                    "ChargePeriodEnd",
                    "ChargePeriodStart",
                    "ContractedCost",
                    "EffectiveCost",
                    "InvoiceIssuerName",
                    "ListCost",
                    "PricingQuantity",
                    "PricingUnit",
                    "ProviderName",
                    "PublisherName",
                    "ServiceCategory",
                    "ServiceName");

    private final long seed = System.nanoTime();
    private final SyntheticLedger ledger = new SyntheticLedger(seed, 1_000);

    @ParameterizedTest
    @EnumSource(ShowbackFormat.class)
    void m1TheFileComesToTheUsageTable(ShowbackFormat format) throws IOException {
        List<List<String>> lines = export(format);
        String cost = format == ShowbackFormat.FOCUS ? "BilledCost" : "cost_usd";
        BigDecimal sum = BigDecimal.ZERO;
        Set<List<String>> places = new HashSet<>();
        for (List<String> line : lines.subList(1, lines.size())) {
            sum = sum.add(new BigDecimal(line.get(lines.get(0).indexOf(cost))));
            assertThat(places.add(format == ShowbackFormat.CSV ? line.subList(0, 6) : line))
                    .as("late rows are in their window's row")
                    .isTrue();
        }
        assertThat(sum).as("seed " + seed).isPositive().isEqualByComparingTo(table());
    }

    @Test
    void focusHasItsMandatoryColumnsAndCostCentersAsTags() throws IOException {
        List<List<String>> lines = export(ShowbackFormat.FOCUS);
        List<String> header = lines.get(0);
        assertThat(header).containsAll(MANDATORY).doesNotHaveDuplicates();
        List<String> line = lines.get(1);
        assertThat(line).hasSameSizeAs(header);
        JsonNode tags = Json.parse(line.get(header.indexOf("Tags")));
        assertThat(tags.path("cost_center").textValue()).isEqualTo("cc-1");
        assertThat(line.get(header.indexOf("ChargeClass"))).as("null").isEmpty();
        assertThat(line.get(header.indexOf("BillingPeriodStart")))
                .isEqualTo("2026-11-01T00:00:00Z");
        assertThat(line.get(header.indexOf("BillingPeriodEnd"))).isEqualTo("2026-12-01T00:00:00Z");
        assertThat(Instant.parse(line.get(header.indexOf("ChargePeriodEnd"))))
                .isEqualTo(
                        Instant.parse(line.get(header.indexOf("ChargePeriodStart")))
                                .plusSeconds(86_400));
        assertThat(line.get(header.indexOf("SubAccountId"))).isEqualTo(SyntheticLedger.TENANT);
        assertThat(line.get(header.indexOf("BilledCost"))).matches("[0-9]+(\\.[0-9]+)?");
    }

    @Test
    void noSpreadsheetRunsALabel() throws IOException {
        UsageItem row =
                ledger.usage.values().stream()
                        .filter(r -> r.key().granularity() == Granularity.DAY)
                        .findFirst()
                        .orElseThrow();
        ledger.usage.clear();
        UsageKey key =
                row.key().toBuilder()
                        .endpoint("@SUM")
                        .costCenter("-1")
                        .agentId("-")
                        .model("a,\"b\"")
                        .build();
        ledger.usage.put(key.rangeKey(), row.toBuilder().key(key).build());
        List<String> line = export(ShowbackFormat.CSV).get(1);
        assertThat(line.subList(2, 6)).containsExactly("a,\"b\"", "'@SUM", "", "'-1");
    }

    private List<List<String>> export(ShowbackFormat format) throws IOException {
        StringBuilder out = new StringBuilder();
        Showback showback = new Showback(ledger, format, NOVEMBER, out, () -> {});
        showback.header();
        showback.of(SyntheticLedger.TENANT);
        List<List<String>> lines = parsed(out.toString());
        assertThat(showback.rows()).isEqualTo(lines.size() - 1L);
        return lines;
    }

    private BigDecimal table() {
        return new BigDecimal(
                ledger.usage.values().stream()
                        .filter(row -> row.key().granularity() == Granularity.DAY)
                        .map(row -> row.counts().costPicoUsd())
                        .reduce(BigInteger.ZERO, BigInteger::add),
                12);
    }

    /** As RFC 4180 has it. */
    private static List<List<String>> parsed(String text) {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (!quoted && (c == ',' || c == '\n')) {
                line.add(cell.toString().stripTrailing());
                cell.setLength(0);
                if (c == '\n') {
                    lines.add(line);
                    line = new ArrayList<>();
                }
            } else {
                cell.append(c);
            }
        }
        assertThat(text).endsWith("\r\n");
        return lines;
    }
}
