package io.sluice.local.command;

import io.sluice.contract.Money;
import io.sluice.contract.json.Json;
import io.sluice.local.command.export.Showback;
import io.sluice.local.command.export.ShowbackFormat;
import io.sluice.local.command.ledger.DynamoDbLedgerTables;
import io.sluice.local.command.ledger.LedgerTables;
import io.sluice.local.command.print.TenantBar;
import io.sluice.local.command.provision.AwsClients;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.YearMonth;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice export showback}: a month's usage as a file. */
@Command(
        name = "showback",
        description =
                "Write what tenants used in a month, a line for each day, model, endpoint, agent"
                        + " and cost center; as CSV with Sluice's columns or with those of FOCUS"
                        + " 1.2. Costs are exact.",
        mixinStandardHelpOptions = true)
final class ShowbackCommand implements Callable<Integer> {
    @Mixin private LedgerOptions ledger = new LedgerOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--month",
            required = true,
            paramLabel = "YYYY-MM",
            description = "The UTC month.")
    private YearMonth month = YearMonth.of(1970, 1);

    @Option(
            names = "--format",
            required = true,
            paramLabel = "csv|focus",
            description = "Sluice's own columns, or those of FOCUS 1.2.")
    private ShowbackFormat format = ShowbackFormat.CSV;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file (default: standard output). It is there when it is whole.")
    private @Nullable Path file;

    @Override
    public Integer call() throws IOException, FindingException {
        PrintWriter out = spec.commandLine().getOut();
        if (ledger.json() && file == null) {
            throw new ParameterException(
                    spec.commandLine(), "--json tells of a file: name one with --out");
        }
        Showback showback;
        if (file == null) {
            showback = write(out);
            out.flush();
        } else {
            showback = write(file);
        }
        if (ledger.json()) {
            out.println(
                    Json.text(
                            Json.object()
                                    .put("file", String.valueOf(file))
                                    .put("rows", showback.rows())
                                    .put("cost_usd", Money.toUsd(showback.picoUsd()))));
            out.flush();
        } else {
            spec.commandLine()
                    .getErr()
                    .println(
                            showback.rows()
                                    + " rows, "
                                    + Money.toUsd(showback.picoUsd())
                                    + " USD"
                                    + (file == null ? "" : ", in " + file));
        }
        return 0;
    }

    private Showback write(Path target) throws IOException, FindingException {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new FindingException(
                    "--out " + target + ": there is no folder " + folder + "; make it first");
        }
        Path part = Files.createTempFile(folder, target.getFileName() + ".", ".part");
        try {
            Showback showback;
            try (Writer writer = Files.newBufferedWriter(part)) {
                showback = write(writer);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            return showback;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private Showback write(Appendable out) throws IOException, FindingException {
        try (AwsClients clients = ledger.clients()) {
            LedgerTables tables = new DynamoDbLedgerTables(clients.dynamoDb());
            List<String> tenants = ledger.tenants(tables);
            try (TenantBar bar = new TenantBar("export showback", tenants.size())) {
                Showback showback = new Showback(tables, format, month, out, bar::row);
                showback.header();
                for (String tenant : tenants) {
                    showback.of(tenant);
                    bar.tenant();
                }
                return showback;
            }
        }
    }
}
