package io.sluice.local.command.prices;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.ModelPrice;
import io.sluice.contract.PriceRow;
import io.sluice.contract.TokenPrices;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.PriceRowJson;
import io.sluice.local.command.print.TextTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Rows of a price file in a table, in USD per million tokens, and as JSON. */
public final class PriceView {
    private PriceView() {}

    /** The rows as a list. */
    public static ArrayNode json(List<PriceRow> rows) {
        ArrayNode list = Json.object().arrayNode();
        rows.stream().map(PriceRowJson::write).forEach(list::add);
        return list;
    }

    /** One line for each row, and one more for each length from which other prices apply. */
    public static String text(List<PriceRow> rows) {
        TextTable table = TextTable.ofText();
        table.row(
                "model",
                "scopes",
                "from",
                "input",
                "output",
                "cache read",
                "write 5 min",
                "write 1 h",
                "others");
        for (PriceRow row : rows) {
            ModelPrice price = row.standard();
            table.row(
                    cells(
                            row.modelId(),
                            String.join(", ", row.scopes()),
                            from(row),
                            price.tokens(),
                            others(row)));
            for (ModelPrice.LongContext longer : price.longContexts()) {
                table.row(
                        cells(
                                "  above " + longer.aboveInputTokens() + " input tokens",
                                "",
                                "",
                                longer.tokens(),
                                ""));
            }
        }
        return table.text();
    }

    /** When a row became valid, as a person reads it. */
    static String from(PriceRow row) {
        return row.fromMillis() == PriceRow.ALWAYS
                ? "always"
                : Instant.ofEpochMilli(row.fromMillis()).toString();
    }

    private static String[] cells(
            String model, String scopes, String from, TokenPrices prices, String others) {
        return new String[] {
            model,
            scopes,
            from,
            PriceRowJson.perMillion(prices.inputPicoUsd()),
            PriceRowJson.perMillion(prices.outputPicoUsd()),
            PriceRowJson.perMillion(prices.cacheReadPicoUsd()),
            PriceRowJson.perMillion(prices.cacheWrite5mPicoUsd()),
            PriceRowJson.perMillion(prices.cacheWrite1hPicoUsd()),
            others
        };
    }

    private static String others(PriceRow row) {
        ObjectNode json = PriceRowJson.write(row);
        List<String> words = new ArrayList<>();
        if (json.has("batch")) {
            words.add("batch *" + json.get("batch").textValue());
        }
        json.get("service_tiers")
                .properties()
                .forEach(tier -> words.add(tier.getKey() + " *" + tier.getValue().textValue()));
        return String.join(", ", words);
    }
}
