package io.sluice.local.command.rerate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.PriceBook;
import io.sluice.contract.ResultItem;
import io.sluice.contract.Retention;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.PriceBookJson;
import io.sluice.local.command.ledger.Days;
import io.sluice.local.command.ledger.SyntheticLedger;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RerateTest {
    private static final String NEW =
            "{\"version\":\"new\",\"prices\":["
                    + "{\"model\":\"amazon.nova-micro-v1:0\",\"scopes\":[\"base\"],"
                    + "\"input\":\"0.07\",\"output\":\"0.28\",\"cache_read\":\"0.0175\"},"
                    + "{\"model\":\"amazon.nova-lite-v1:0\",\"scopes\":[\"base\"],"
                    + "\"input\":\"0.1\",\"output\":\"0.5\",\"cache_read\":\"0\"}]}";

    private final long seed = System.nanoTime();
    private final SyntheticLedger ledger = new SyntheticLedger(seed, 1_000);
    private final Map<String, ObjectNode> stored = new HashMap<>();

    @Test
    void m5ReratingWithTheSameBookIsIdentity() {
        JsonNode report = rerate(PriceBookJson.shipped());
        assertThat(report.at("/rows")).hasSize(3);
        for (JsonNode row : report.at("/rows")) {
            assertThat(row.at("/rerated_usd"))
                    .as("seed " + seed)
                    .isEqualTo(row.at("/original_usd"));
            assertThat(row.at("/estimated_rerated_usd"))
                    .isEqualTo(row.at("/estimated_original_usd"));
            assertThat(row.at("/ambiguous_rerated_usd"))
                    .isEqualTo(row.at("/ambiguous_original_usd"));
            assertThat(row.at("/ambiguous_attempts").longValue()).isPositive();
        }
        assertThat(originals()).as("billed, all of it").isEqualTo(billed());
    }

    @Test
    void m5ANewBookEqualsComputingFromScratchAndHistoryStays() {
        Map<String, ResultItem> before = Map.copyOf(ledger.results);
        JsonNode row = rerate(PriceBookJson.read(Json.parse(NEW))).at("/rows/1");
        BigDecimal scratch = BigDecimal.ZERO;
        for (ResultItem result : ledger.results.values()) {
            if (result.model().contains("micro") && !result.usage().estimated()) {
                scratch =
                        scratch.add(times("0.07", result.usage().inputTokens()))
                                .add(times("0.28", result.usage().outputTokens()))
                                .add(times("0.0175", result.usage().cacheReadTokens()));
            }
        }
        assertThat(row.at("/model").textValue()).isEqualTo("amazon.nova-micro-v1:0");
        assertThat(new BigDecimal(row.at("/rerated_usd").textValue()))
                .as("seed " + seed)
                .isEqualByComparingTo(scratch.movePointLeft(6));
        assertThat(ledger.results).isEqualTo(before);
    }

    @Test
    void whatHasNoPriceIsShownApartAndIsNeverNothing() {
        PriceBook book = PriceBookJson.read(Json.parse(NEW));
        JsonNode row = rerate(book).at("/rows/2");
        assertThat(row.at("/model").textValue()).isEqualTo("anthropic.claude-sonnet-4-6");
        assertThat(row.at("/calls").longValue()).isZero();
        assertThat(row.at("/unpriced_calls").longValue()).isPositive();
        assertThat(row.at("/unpriced_tokens").bigIntegerValue()).isPositive();
        assertThat(report(book).text()).contains("unpriced by these prices");
    }

    @Test
    void m5TheSecondTimeChangesNothingAndSaysSo() {
        PriceBook book = PriceBookJson.read(Json.parse(NEW));
        assertThat(rerate(book).at("/rows_written").longValue()).isEqualTo(stored.size());
        Map<String, ObjectNode> first = Map.copyOf(stored);
        RerateReport again = report(book);
        assertThat(again.json().at("/rows_written").longValue()).isZero();
        assertThat(again.text()).contains("nothing changed");
        assertThat(stored).isEqualTo(first);
        rerate(PriceBookJson.shipped());
        assertThat(stored).as("each version has its own").hasSize(2 * first.size());
        assertThat(stored).containsAllEntriesOf(first);
    }

    private JsonNode rerate(PriceBook book) {
        return report(book).json();
    }

    private RerateReport report(PriceBook book) {
        Days days = Days.of(null, null, SyntheticLedger.NOW, Retention.USUAL);
        RerateReport report = new RerateReport(book.version(), days);
        new Rerate(ledger, book, days, report, this::put, () -> {}).of(SyntheticLedger.TENANT);
        return report;
    }

    private boolean put(ObjectNode row) {
        return !row.equals(stored.put(row.at("/version_day_model").textValue(), row));
    }

    private BigInteger originals() {
        BigInteger sum = BigInteger.ZERO;
        for (ObjectNode row : stored.values()) {
            sum =
                    sum.add(row.at("/original_pico_usd").bigIntegerValue())
                            .add(row.at("/estimated_original_pico_usd").bigIntegerValue());
        }
        return sum;
    }

    private BigInteger billed() {
        return ledger.results.values().stream()
                .map(result -> BigInteger.valueOf(result.costPicoUsd()))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static BigDecimal times(String price, long tokens) {
        return new BigDecimal(price).multiply(BigDecimal.valueOf(tokens));
    }
}
