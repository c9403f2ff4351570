package io.sluice.local.command;

import io.sluice.contract.PriceBook;
import io.sluice.contract.json.Json;
import io.sluice.local.command.ledger.Days;
import io.sluice.local.command.ledger.DynamoDbLedgerTables;
import io.sluice.local.command.ledger.LedgerTables;
import io.sluice.local.command.prices.PriceFiles;
import io.sluice.local.command.print.TenantBar;
import io.sluice.local.command.provision.AwsClients;
import io.sluice.local.command.provision.Tables;
import io.sluice.local.command.rerate.Rerate;
import io.sluice.local.command.rerate.RerateReport;
import io.sluice.local.command.rerate.RerateStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice rerate}: what history costs by other prices. */
@Command(
        name = "rerate",
        description =
                "Price recorded usage again by a price file. What was billed stays as it is; the"
                        + " outcome is kept beside it under the file's version (table"
                        + " sluice-rerated). Doing it again changes nothing.",
        mixinStandardHelpOptions = true)
final class RerateCommand implements Callable<Integer> {
    @Mixin private LedgerOptions ledger = new LedgerOptions();

    @Mixin private DayOptions span = new DayOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--prices",
            required = true,
            paramLabel = "prices.json",
            description = "The price file.")
    private Path prices = Path.of("prices.json");

    @Override
    public Integer call() throws IOException, FindingException {
        PriceBook book = PriceFiles.book(prices);
        Days days = retained(span.days());
        RerateReport report = new RerateReport(book.version(), days);
        try (AwsClients clients = ledger.clients()) {
            Tables.createRerated(clients.dynamoDb());
            LedgerTables tables = new DynamoDbLedgerTables(clients.dynamoDb());
            RerateStore store = new RerateStore(clients.dynamoDb());
            List<String> tenants = ledger.tenants(tables);
            try (TenantBar bar = new TenantBar("rerate", tenants.size())) {
                Rerate rerate = new Rerate(tables, book, days, report, store::put, bar::row);
                for (String tenant : tenants) {
                    rerate.of(tenant);
                    bar.tenant();
                }
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (ledger.json()) {
            out.println(Json.text(report.json()));
        } else {
            out.print(report.text());
        }
        out.flush();
        return 0;
    }

    /** A day of which a part is gone would be written with less than it cost. */
    private static Days retained(Days days) throws FindingException {
        if (days.isForgotten(days.fromMillis())) {
            throw new FindingException(
                    "--from "
                            + Days.day(days.fromMillis())
                            + ": results are kept for 30 days, so what a day before "
                            + Days.day(days.retainedMillis())
                            + " used is no longer known whole; begin with that day");
        }
        return days;
    }
}
