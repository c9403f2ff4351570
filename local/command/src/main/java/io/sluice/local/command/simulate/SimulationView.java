package io.sluice.local.command.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.local.command.print.TextTable;
import io.sluice.pipeline.replay.SimulationReport;
import io.sluice.pipeline.replay.Totals;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A simulation's report as JSON and as tables. */
public final class SimulationView {
    private static final String PEAK = "max_admitted_in_any_60s";

    private final SimulationReport report;

    /** Of a report. */
    public SimulationView(SimulationReport report) {
        this.report = report;
    }

    /**
     * The totals, under {@code tenants} what each tenant adds to them, and {@code bad_lines}; keys
     * in alphabetical order. Counts by reason, limit or budget have no entry where nothing was.
     */
    public ObjectNode json() {
        ObjectNode fields = totals(report.overall());
        fields.put("bad_lines", report.badLines());
        fields.set(PEAK, counts(report.minutePeaks()));
        ObjectNode tenants = fields.putObject("tenants");
        report.tenants()
                .forEach(
                        (id, totals) ->
                                tenants.set(id, sorted(totals(totals).put(PEAK, peakOf(id)))));
        return sorted(fields);
    }

    /** A table of tenants; below it why requests were refused, and what else is to be told. */
    public String text() {
        TextTable table =
                TextTable.ofNumbers()
                        .row(
                                "tenant",
                                "requests",
                                "admitted",
                                "cache hits",
                                "coalesced",
                                "rejected",
                                "input tokens",
                                "output tokens",
                                "cost USD",
                                "most in 60 s");
        report.tenants()
                .forEach((id, totals) -> row(table, id, totals, String.valueOf(peakOf(id))));
        row(table, "(all)", report.overall(), "");
        TextTable counts = TextTable.ofNumbers();
        add(counts, "rejected: ", report.overall().rejected());
        add(counts, "in shadow: ", report.overall().shadowed());
        add(counts, "budget spent: ", report.overall().warned());
        add(counts, "downgraded", report.overall().downgraded());
        add(counts, "without a price", report.overall().unpriced());
        add(counts, "bad lines", report.badLines());
        String more = counts.text();
        return table.text() + (more.isEmpty() ? "" : "\n" + more);
    }

    private long peakOf(String tenantId) {
        return report.minutePeaks().getOrDefault(tenantId, 0L);
    }

    private static ObjectNode totals(Totals totals) {
        ObjectNode node =
                Json.object()
                        .put("requests", totals.requests())
                        .put("admitted", totals.admitted())
                        .put("cache_hits", totals.cacheHits())
                        .put("coalesced", totals.coalesced())
                        .put("downgraded", totals.downgraded())
                        .put("unpriced", totals.unpriced())
                        .put("input_tokens", totals.inputTokens())
                        .put("output_tokens", totals.outputTokens())
                        .put("cost_usd", totals.costUsd());
        node.set("rejected", counts(totals.rejected()));
        node.set("shadowed", counts(totals.shadowed()));
        node.set("warned", counts(totals.warned()));
        return node;
    }

    private static ObjectNode counts(SortedMap<String, Long> counts) {
        ObjectNode node = Json.object();
        counts.forEach(node::put);
        return node;
    }

    private static ObjectNode sorted(ObjectNode fields) {
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            sorted.put(field.getKey(), field.getValue());
        }
        ObjectNode node = Json.object();
        sorted.forEach(node::set);
        return node;
    }

    private static void row(TextTable table, String name, Totals totals, String peak) {
        table.row(
                name,
                String.valueOf(totals.requests()),
                String.valueOf(totals.admitted()),
                String.valueOf(totals.cacheHits()),
                String.valueOf(totals.coalesced()),
                String.valueOf(totals.requests() - totals.admitted()),
                String.valueOf(totals.inputTokens()),
                String.valueOf(totals.outputTokens()),
                totals.costUsd(),
                peak);
    }

    private static void add(TextTable table, String what, SortedMap<String, Long> counts) {
        counts.forEach((name, count) -> add(table, what + name, count));
    }

    private static void add(TextTable table, String what, long count) {
        if (count > 0) {
            table.row(what, String.valueOf(count));
        }
    }
}
