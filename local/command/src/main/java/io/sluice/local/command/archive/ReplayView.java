package io.sluice.local.command.archive;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.local.command.print.TextTable;
import java.util.Set;
import java.util.TreeSet;

/** What came of a replay, for a person. */
public final class ReplayView {
    private ReplayView() {}

    /** Whether every decision is the same, and the first one of each tenant that is not. */
    public static String verified(JsonNode result) {
        StringBuilder text =
                new StringBuilder()
                        .append(result.path("records").asText())
                        .append(" records of ")
                        .append(result.path("tenants").asText())
                        .append(" tenants were folded again by engine ")
                        .append(result.path("engine").asText())
                        .append(".\n");
        if (result.path("fine").asBoolean()) {
            return text.append("Every decision and counter is the same, to the bit.\n").toString();
        }
        for (JsonNode difference : result.path("differences")) {
            text.append("!! ")
                    .append(difference.path("tenant_id").asText())
                    .append(", record ")
                    .append(difference.path("seq").asText())
                    .append(", which engine ")
                    .append(difference.path("recorded_by_engine").asText())
                    .append(" wrote:\n");
            difference
                    .path("difference")
                    .forEach(line -> text.append("   ").append(line.asText()).append('\n'));
        }
        return text.toString();
    }

    /** Tables of what happened and of what would have, and what that assumes. */
    public static String whatIf(JsonNode result) {
        TextTable table =
                TextTable.ofNumbers()
                        .row(
                                "tenant",
                                "requests",
                                "admitted",
                                "would",
                                "cache hits",
                                "would",
                                "rejected",
                                "would",
                                "cost USD",
                                "would",
                                "estimated");
        for (JsonNode tenant : result.path("tenants")) {
            row(table, tenant.path("tenant_id").asText(), tenant);
        }
        row(table, "(all)", result);
        JsonNode before = result.path("happened").path("rejected");
        JsonNode after = result.path("would").path("rejected");
        TextTable reasons = TextTable.ofNumbers().row("rejected because of", "happened", "would");
        Set<String> names = new TreeSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        names.forEach(
                name ->
                        reasons.row(
                                name, before.path(name).asText("0"), after.path(name).asText("0")));
        StringBuilder text = new StringBuilder(table.text()).append('\n').append(reasons.text());
        text.append("\nWhat this assumes:\n");
        result.path("assumptions")
                .forEach(line -> text.append("- ").append(line.asText()).append('\n'));
        return text.toString();
    }

    private static void row(TextTable table, String name, JsonNode sides) {
        JsonNode was = sides.path("happened");
        JsonNode would = sides.path("would");
        table.row(
                name,
                was.path("requests").asText("0"),
                was.path("admitted").asText("0"),
                would.path("admitted").asText("0"),
                was.path("cache_hits").asText("0"),
                would.path("cache_hits").asText("0"),
                rejected(was),
                rejected(would),
                was.path("cost_usd").asText("0"),
                would.path("cost_usd").asText("0"),
                would.path("estimated_usd").asText("0"));
    }

    private static String rejected(JsonNode side) {
        return String.valueOf(side.path("requests").asLong() - side.path("admitted").asLong());
    }
}
