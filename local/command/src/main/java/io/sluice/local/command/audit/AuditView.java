package io.sluice.local.command.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Money;
import io.sluice.contract.json.Json;
import io.sluice.local.command.ledger.Days;
import io.sluice.local.command.ledger.Figures;
import io.sluice.local.command.print.TextTable;

/** An audit as a person or a program reads it. */
public final class AuditView {
    private AuditView() {}

    /** As JSON; money as exact decimal strings in USD. */
    public static ObjectNode json(AuditReport report, Days days) {
        ObjectNode node =
                Json.object()
                        .put("from", Days.day(days.fromMillis()))
                        .put("to", Days.day(days.toMillis()))
                        .put("tenants", report.tenants())
                        .put("requests", report.requests())
                        .put("requests_running", report.runningRequests());
        node.set("usage", json(report.usage()));
        node.set("results", json(report.results()));
        node.set("attempts", json(report.attempts()));
        ArrayNode findings = node.put("found", report.found()).putArray("findings");
        for (Finding finding : report.findings()) {
            findings.addObject()
                    .put("tenant_id", finding.tenantId())
                    .put("level", finding.level())
                    .put("label", finding.label())
                    .put("window", finding.window())
                    .put("figure", finding.figure())
                    .put("left", finding.left())
                    .put("left_usd", Money.toUsd(finding.leftPicoUsd()))
                    .put("right", finding.right())
                    .put("right_usd", Money.toUsd(finding.rightPicoUsd()));
        }
        report.whatWasNotCompared().forEach(node.putArray("not_compared")::add);
        return node;
    }

    /** As text. */
    public static String text(AuditReport report, Days days) {
        StringBuilder text = new StringBuilder();
        text.append(report.tenants() + " tenants, " + report.requests() + " requests decided from ")
                .append(Days.day(days.fromMillis()) + " to before " + Days.day(days.toMillis()))
                .append("\n")
                .append(
                        TextTable.ofNumbers()
                                .row("USD", "cost", "provider cost", "estimated")
                                .row(cells("sluice-usage", report.usage()))
                                .row(cells("sluice-requests", report.results()))
                                .row(cells("sluice-attempts", report.attempts()))
                                .text());
        if (report.runningRequests() > 0) {
            text.append("not compared: ")
                    .append(report.runningRequests())
                    .append(" requests that have no result yet\n");
        }
        report.whatWasNotCompared().forEach(what -> text.append("not compared: " + what + "\n"));
        if (report.isFine()) {
            return text.append("all sums are equal\n").toString();
        }
        return text.append(findings(report)).toString();
    }

    private static String findings(AuditReport report) {
        TextTable table =
                TextTable.ofText()
                        .row("tenant", "of", "", "window", "figure", "left", "", "right", "");
        for (Finding finding : report.findings()) {
            table.row(
                    finding.tenantId(),
                    finding.level(),
                    finding.label(),
                    finding.window(),
                    finding.figure(),
                    finding.left(),
                    Money.toUsd(finding.leftPicoUsd()),
                    finding.right(),
                    Money.toUsd(finding.rightPicoUsd()));
        }
        long more = report.found() - report.findings().size();
        return report.found()
                + " sums differ; if requests ended just now, their usage may follow within"
                + " seconds\n"
                + table.text()
                + (more > 0 ? "  and " + more + " more\n" : "");
    }

    private static ObjectNode json(Figures figures) {
        return Json.object()
                .put("cost_usd", Money.toUsd(figures.cost()))
                .put("provider_cost_usd", Money.toUsd(figures.provider()))
                .put("estimated_cost_usd", Money.toUsd(figures.estimated()));
    }

    private static String[] cells(String table, Figures figures) {
        return new String[] {
            table,
            Money.toUsd(figures.cost()),
            Money.toUsd(figures.provider()),
            Money.toUsd(figures.estimated())
        };
    }
}
