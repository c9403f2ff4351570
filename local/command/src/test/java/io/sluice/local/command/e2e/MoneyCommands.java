package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The subcommands about money, run beside a system in which nothing is under way. */
final class MoneyCommands {
    private final Path dataDir;
    private final Ledger ledger;

    MoneyCommands(Path dataDir, Ledger ledger) {
        this.dataDir = dataDir;
        this.ledger = ledger;
    }

    void auditFindsNothing() throws IOException, InterruptedException {
        SluiceRun run = run("audit-cost", "--json");
        assertThat(run.status()).as(run.out() + run.err()).isZero();
        JsonNode audit = run.json();
        assertThat(audit.path("findings")).isEmpty();
        assertThat(audit.path("requests_running").asLong()).isZero();
        assertThat(new BigDecimal(audit.at("/usage/cost_usd").asText()))
                .isPositive()
                .isEqualByComparingTo(billed());
        assertThat(audit.path("attempts")).isEqualTo(audit.path("results"));
        assertThat(audit.path("usage")).isEqualTo(audit.path("results"));
    }

    /** One row is off by 10^-12 USD. */
    void auditFindsThePlantedDifference() throws IOException, InterruptedException {
        Map<String, AttributeValue> row =
                ledger.itemsOf("sluice-usage").orElseThrow().stream()
                        .filter(item -> item.get("granularity").s().equals("minute"))
                        .filter(item -> !item.get("cost_pico_usd").n().equals("0"))
                        .findFirst()
                        .orElseThrow();
        ledger.addCost(row, 1);
        try {
            SluiceRun run = run("audit-cost");
            assertThat(run.status()).as(run.out() + run.err()).isOne();
            assertThat(run.out())
                    .contains("sums differ")
                    .contains(row.get("tenant_id").s())
                    .contains(row.get("model").s())
                    .contains("sluice-requests");
            assertThat(run.err()).as("progress").contains("audit-cost");
        } finally {
            ledger.addCost(row, -1);
        }
    }

    void showbackComesToTheUsageTable() throws IOException, InterruptedException {
        String month = YearMonth.now(ZoneOffset.UTC).toString();
        for (String format : List.of("csv", "focus")) {
            Path file = dataDir.resolve("showback-" + format + ".csv");
            SluiceRun run =
                    run(
                            "export",
                            "showback",
                            "--month",
                            month,
                            "--format",
                            format,
                            "--out",
                            file.toString(),
                            "--json");
            assertThat(run.status()).as(run.out() + run.err()).isZero();
            assertThat(new BigDecimal(run.json().path("cost_usd").asText()))
                    .isEqualByComparingTo(billed());
            assertThat(Files.readAllLines(file))
                    .hasSize(run.json().path("rows").asInt() + 1)
                    .anyMatch(line -> line.contains("follow"));
        }
        SluiceRun printed = run("export", "showback", "--month", month, "--format", "csv");
        assertThat(printed.out()).startsWith("tenant_id,day,model,");
    }

    /** Twice the price of the model that was called; the others are unpriced by it. */
    void reratingIsKeptBesideWhatWasBilled() throws IOException, InterruptedException {
        Path prices = dataDir.resolve("new-prices.json");
        Files.writeString(
                prices,
                "{\"version\":\"twice\",\"prices\":[{\"model\":\""
                        + Api.MODEL
                        + "\",\"scopes\":[\"base\"],\"input\":\"0.07\",\"output\":\"0.28\"}]}");
        BigDecimal before = billed();
        JsonNode first = run("rerate", "--prices", prices.toString(), "--json").json();
        assertThat(first.path("rows_written").asLong()).isPositive();
        for (JsonNode row : first.path("rows")) {
            boolean priced = row.path("model").asText().equals(Api.MODEL);
            assertThat(new BigDecimal(row.path("rerated_usd").asText()))
                    .isEqualByComparingTo(
                            new BigDecimal(row.path("original_usd").asText())
                                    .multiply(BigDecimal.valueOf(2)));
            assertThat(row.path("unpriced_calls").asLong() == 0).isEqualTo(priced);
        }
        SluiceRun second = run("rerate", "--prices", prices.toString());
        assertThat(second.out()).as(second.err()).contains("nothing changed");
        assertThat(ledger.itemsOf("sluice-rerated").orElseThrow())
                .hasSize(first.path("rows_written").asInt());
        assertThat(billed()).isEqualTo(before);
    }

    private BigDecimal billed() {
        return BigDecimal.valueOf(
                ledger.billed().values().stream().mapToLong(cost -> cost).sum(), 12);
    }

    private SluiceRun run(String... words) throws IOException, InterruptedException {
        return SluiceRun.of(dataDir, words);
    }
}
