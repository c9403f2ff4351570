package io.sluice.local.command.archive;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.audit.AuditFinding;
import io.sluice.contract.audit.Digest;
import io.sluice.contract.json.Json;
import io.sluice.local.command.print.TextTable;
import io.sluice.sinks.verify.VerifyReport;
import java.time.Instant;

/** What the check of an archive came to, as JSON and for a person. */
public final class VerifyView {
    private VerifyView() {}

    /** Everything, under fixed names. */
    public static ObjectNode json(VerifyReport report) {
        ObjectNode node =
                Json.object()
                        .put("fine", report.isFine())
                        .put("digests", report.digests())
                        .put("files", report.files())
                        .put("records", report.records())
                        .put("bytes", report.bytes())
                        .put("tenants", report.tenants());
        Digest newest = report.newest();
        if (newest != null) {
            node.putObject("newest")
                    .put("number", newest.number())
                    .put("hash", newest.hash())
                    .put("to_millis", newest.toMillis());
        }
        node.putObject("not_yet_sealed")
                .put("files", report.unsealedFiles())
                .put("records", report.unsealedRecords());
        node.put("found", report.found());
        ArrayNode findings = node.putArray("findings");
        report.findings().forEach(finding -> findings.add(json(finding)));
        return node;
    }

    private static ObjectNode json(AuditFinding finding) {
        ObjectNode node = Json.object().put("kind", finding.kind().wireName());
        if (finding.file() != null) {
            node.put("file", finding.file());
        }
        if (finding.tenantId() != null) {
            node.put("tenant_id", finding.tenantId()).put("seq", finding.seq());
        }
        return node.put("message", finding.message());
    }

    /** A table of what was looked at, and below it what is wrong. */
    public static String text(VerifyReport report) {
        Digest newest = report.newest();
        TextTable table =
                TextTable.ofNumbers()
                        .row("", "")
                        .row("digests", String.valueOf(report.digests()))
                        .row("files", String.valueOf(report.files()))
                        .row("records", String.valueOf(report.records()))
                        .row("tenants", String.valueOf(report.tenants()))
                        .row("records not yet sealed", String.valueOf(report.unsealedRecords()));
        StringBuilder text = new StringBuilder(table.text().stripLeading());
        text.append('\n');
        if (newest != null) {
            text.append("newest digest: number ")
                    .append(newest.number())
                    .append(" of ")
                    .append(Instant.ofEpochMilli(newest.toMillis()))
                    .append('\n');
        }
        if (report.isFine()) {
            text.append("Everything is as it was sealed.\n");
        }
        for (AuditFinding finding : report.findings()) {
            text.append("!! ").append(finding).append('\n');
        }
        long more = report.found() - report.findings().size();
        if (more > 0) {
            text.append("!! and ").append(more).append(" more\n");
        }
        return text.toString();
    }
}
