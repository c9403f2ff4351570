package io.sluice.local.command;

import io.sluice.contract.json.Json;
import io.sluice.local.command.audit.AuditReport;
import io.sluice.local.command.audit.AuditView;
import io.sluice.local.command.audit.CostAudit;
import io.sluice.local.command.ledger.Days;
import io.sluice.local.command.ledger.DynamoDbLedgerTables;
import io.sluice.local.command.ledger.LedgerTables;
import io.sluice.local.command.print.TenantBar;
import io.sluice.local.command.provision.AwsClients;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice audit-cost}: whether all tables that know of money say the same. */
@Command(
        name = "audit-cost",
        description =
                "Compare what usage rows, results and attempts come to, for each tenant, by model,"
                        + " endpoint, agent and cost center, per minute, hour and day. Exits with 1"
                        + " if sums differ. Run it when nothing is under way.",
        mixinStandardHelpOptions = true)
final class AuditCostCommand implements Callable<Integer> {
    @Mixin private LedgerOptions ledger = new LedgerOptions();

    @Mixin private DayOptions span = new DayOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, FindingException {
        Days days = span.days();
        AuditReport report = new AuditReport();
        try (AwsClients clients = ledger.clients()) {
            LedgerTables tables = new DynamoDbLedgerTables(clients.dynamoDb());
            List<String> tenants = ledger.tenants(tables);
            try (TenantBar bar = new TenantBar("audit-cost", tenants.size())) {
                CostAudit audit = new CostAudit(tables, days, report, bar::row);
                for (String tenant : tenants) {
                    audit.of(tenant);
                    bar.tenant();
                }
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (ledger.json()) {
            out.println(Json.text(AuditView.json(report, days)));
        } else {
            out.print(AuditView.text(report, days));
        }
        out.flush();
        return report.isFine() ? 0 : 1;
    }
}
