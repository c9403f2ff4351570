package io.sluice.local.command.rerate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Money;
import io.sluice.contract.json.Json;
import io.sluice.local.command.ledger.Days;
import io.sluice.local.command.print.TextTable;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a re-rating came to, by tenant and model. */
public final class RerateReport {
    private record Line(String tenantId, String model) implements Comparable<Line> {
        @Override
        public int compareTo(Line other) {
            int byTenant = tenantId.compareTo(other.tenantId);
            return byTenant != 0 ? byTenant : model.compareTo(other.model);
        }
    }

    private final String version;
    private final Days days;
    private final SortedMap<Line, Rerated> lines = new TreeMap<>();
    private long written;
    private long unchanged;
    private long running;

    /** By that price version, of that span. */
    public RerateReport(String version, Days days) {
        this.version = version;
        this.days = days;
    }

    void add(String tenantId, String model, Rerated rerated) {
        lines.merge(new Line(tenantId, model), rerated, Rerated::plus);
    }

    void stored(boolean changed) {
        written += changed ? 1 : 0;
        unchanged += changed ? 0 : 1;
    }

    void running() {
        running++;
    }

    /** As JSON; money as exact decimal strings in USD. */
    public ObjectNode json() {
        ObjectNode node =
                Json.object()
                        .put("price_version", version)
                        .put("from", Days.day(days.fromMillis()))
                        .put("to", Days.day(days.toMillis()))
                        .put("rows_written", written)
                        .put("rows_unchanged", unchanged)
                        .put("requests_running", running);
        ArrayNode rows = node.putArray("rows");
        lines.forEach(
                (line, sum) ->
                        rows.addObject()
                                .put("tenant_id", line.tenantId)
                                .put("model", line.model)
                                .put("calls", sum.calls())
                                .put("original_usd", Money.toUsd(sum.original()))
                                .put("rerated_usd", Money.toUsd(sum.rerated()))
                                .put("difference_usd", difference(sum))
                                .put("estimated_calls", sum.estimatedCalls())
                                .put("estimated_original_usd", Money.toUsd(sum.estimatedOriginal()))
                                .put("estimated_rerated_usd", Money.toUsd(sum.estimatedRerated()))
                                .put("ambiguous_attempts", sum.ambiguousAttempts())
                                .put("ambiguous_original_usd", Money.toUsd(sum.ambiguousOriginal()))
                                .put("ambiguous_rerated_usd", Money.toUsd(sum.ambiguousRerated()))
                                .put("unpriced_calls", sum.unpricedCalls())
                                .put("unpriced_tokens", sum.unpricedTokens())
                                .put("unpriced_original_usd", Money.toUsd(sum.unpricedOriginal())));
        return node;
    }

    /** As text. */
    public String text() {
        TextTable table =
                TextTable.ofText()
                        .row("tenant", "model", "calls", "original", "rerated", "difference");
        TextTable apart =
                TextTable.ofText().row("tenant", "model", "what", "calls", "original", "rerated");
        lines.forEach(
                (line, sum) -> {
                    table.row(
                            line.tenantId,
                            line.model,
                            String.valueOf(sum.calls()),
                            Money.toUsd(sum.original()),
                            Money.toUsd(sum.rerated()),
                            difference(sum));
                    apart(apart, line, sum);
                });
        boolean anyApart = lines.values().stream().anyMatch(RerateReport::hasApart);
        return "by prices "
                + version
                + ", requests decided from "
                + Days.day(days.fromMillis())
                + " to before "
                + Days.day(days.toMillis())
                + ", USD\n"
                + table.text()
                + (anyApart ? "apart from that:\n" + apart.text() : "")
                + (running > 0 ? "left out: " + running + " requests without a result yet\n" : "")
                + (written == 0
                        ? "nothing changed: all " + unchanged + " rows were there already\n"
                        : written + " rows written, " + unchanged + " were there already\n");
    }

    private static void apart(TextTable table, Line line, Rerated sum) {
        apart(
                table,
                line,
                "billed by an estimate",
                sum.estimatedCalls(),
                Money.toUsd(sum.estimatedOriginal()),
                Money.toUsd(sum.estimatedRerated()));
        apart(
                table,
                line,
                "attempts nobody knows the end of",
                sum.ambiguousAttempts(),
                Money.toUsd(sum.ambiguousOriginal()),
                Money.toUsd(sum.ambiguousRerated()));
        apart(
                table,
                line,
                "unpriced by these prices",
                sum.unpricedCalls(),
                Money.toUsd(sum.unpricedOriginal()),
                "unpriced");
    }

    private static void apart(
            TextTable table, Line line, String what, long calls, String original, String rerated) {
        if (calls > 0) {
            table.row(line.tenantId, line.model, what, String.valueOf(calls), original, rerated);
        }
    }

    private static boolean hasApart(Rerated sum) {
        return sum.estimatedCalls() + sum.ambiguousAttempts() + sum.unpricedCalls() > 0;
    }

    private static String difference(Rerated sum) {
        return Money.toUsd(sum.rerated().subtract(sum.original()));
    }
}
