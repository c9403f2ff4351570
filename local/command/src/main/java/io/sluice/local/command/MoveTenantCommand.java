package io.sluice.local.command;

import io.sluice.contract.Isolation;
import io.sluice.contract.json.Json;
import io.sluice.local.command.print.RowBar;
import io.sluice.local.command.provision.AwsClients;
import io.sluice.local.command.tenants.MoveReport;
import io.sluice.local.command.tenants.TenantMove;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice tenants move}: moves a tenant's rows to other tables while it is served. */
@Command(
        name = "move",
        description = {
            "Move a tenant's rows to tables of its own (silo, database) or back (pooled): copies,"
                    + " switches, copies the rest, compares counts and contents. May be killed and"
                    + " run again at any time. Requests from before the switch may write to the old"
                    + " tables until they must have ended; run it again after that to remove the"
                    + " old rows. Exits with 1 if rows differ."
        },
        mixinStandardHelpOptions = true)
final class MoveTenantCommand implements Callable<Integer> {
    /** Writes at once. */
    private static final int THREADS = 16;

    @Mixin private TablesOptions tables = new TablesOptions();

    @Mixin private TenantOption tenant = new TenantOption();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "ISOLATION",
            description = "pooled, silo or database.")
    private String to = "";

    @Option(
            names = "--settle-seconds",
            paramLabel = "SECONDS",
            description =
                    "After the switch, how long requests from before it may still write (default:"
                            + " a day and 20 minutes, the longest that any may take). Less only if"
                            + " you know that none is under way.")
    private @Nullable Integer settleSeconds;

    @Override
    public Integer call() throws IOException, FindingException, InterruptedException {
        String tenantId = tenant.id();
        Isolation isolation = isolation();
        MoveReport report;
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (AwsClients clients = tables.clients();
                RowBar bar = new RowBar("move " + tenantId)) {
            report =
                    new TenantMove(
                                    clients.dynamoDb(),
                                    InstantSource.system(),
                                    time -> Thread.sleep(time.toMillis()),
                                    threads,
                                    bar::step,
                                    bar::row)
                            .move(tenantId, isolation, settle());
        } finally {
            threads.shutdownNow();
        }
        PrintWriter out = spec.commandLine().getOut();
        if (tables.json()) {
            out.println(Json.text(report.json()));
        } else {
            out.print(report.text());
        }
        out.flush();
        return report.isFine() ? 0 : 1;
    }

    private Isolation isolation() {
        try {
            return Isolation.ofWireName(to);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--to: seen '" + to + "', expected pooled, silo or database");
        }
    }

    private Duration settle() {
        if (settleSeconds == null) {
            return TenantMove.LONGEST_REQUEST;
        }
        if (settleSeconds < 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--settle-seconds: seen " + settleSeconds + ", expected 0 or more");
        }
        return Duration.ofSeconds(settleSeconds);
    }
}
