package io.sluice.local.command;

import io.sluice.contract.json.Json;
import io.sluice.local.command.api.Reply;
import io.sluice.local.command.api.SluiceApi;
import io.sluice.local.command.data.Endpoints;
import io.sluice.local.command.print.RowBar;
import io.sluice.local.command.provision.AwsClients;
import io.sluice.local.command.status.FlinkRest;
import io.sluice.local.command.status.Snapshots;
import io.sluice.local.command.tenants.EraseOrder;
import io.sluice.local.command.tenants.EraseReport;
import io.sluice.local.command.tenants.TenantErasure;
import io.sluice.local.command.up.PayloadPlaces;
import io.sluice.objects.ObjectStore;
import io.sluice.objects.ObjectStores;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice tenants erase}: nothing that a tenant asked or was answered can be read again. */
@Command(
        name = "erase",
        description = {
            "Erase a tenant: delete it and its API keys, clear what the job keeps (answers,"
                    + " conversations, waiting prompts), remove its results, attempts,"
                    + " conversations, idempotency keys, batches, dead letters and large payloads,"
                    + " and destroy its data keys, so that no copy anywhere can be read. Usage,"
                    + " prices, policies and the chain of decisions stay."
        },
        footer = {
            "",
            "Cannot be taken back. Refused while a call of the tenant is open. May be killed and",
            "run again at any time. Exits with 0, with 1 if it could not be done, with 2 on wrong",
            "use."
        },
        mixinStandardHelpOptions = true)
final class EraseTenantCommand implements Callable<Integer> {
    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;

    @Mixin private CommonOptions common = new CommonOptions();

    @Mixin private TablesChoice aws = new TablesChoice();

    @Mixin private TenantOption tenant = new TenantOption();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--mirror",
            paramLabel = "URL",
            description =
                    "Where rows were mirrored to, with user and password in SLUICE_MIRROR_USER and"
                            + " SLUICE_MIRROR_PASSWORD; none leaves them there (default:"
                            + " SLUICE_MIRROR_URL, else the last mirror that up was told).")
    private @Nullable String mirror;

    @Option(names = "--yes", description = "Do not ask first.")
    private boolean yes;

    /** Which AWS. */
    static final class TablesChoice {
        @Option(
                names = "--external-aws",
                description = "The system uses the AWS that the SDK's standard settings name.")
        private boolean external;

        AwsClients clients(Endpoints endpoints) {
            return external
                    ? AwsClients.external()
                    : AwsClients.embedded(endpoints.kinesis(), endpoints.dynamodb());
        }
    }

    @Override
    public Integer call() throws IOException, FindingException, InterruptedException {
        String tenantId = tenant.id();
        confirm(tenantId);
        RunningSystem.of(common.folder());
        Endpoints endpoints = common.endpoints();
        PayloadPlaces places = PayloadPlaces.of(common.folder());
        EraseReport report;
        try (AwsClients clients = aws.clients(endpoints);
                RowBar bar = new RowBar("erase " + tenantId);
                ObjectStore objects =
                        ObjectStores.open(places.objects(), UnaryOperator.identity());
                ObjectStore keys =
                        places.areSealed()
                                ? ObjectStores.open(places.keys(), UnaryOperator.identity())
                                : null) {
            report =
                    new TenantErasure(
                                    new Running(endpoints, clients, common.keys().admin()),
                                    clients.dynamoDb(),
                                    objects,
                                    keys,
                                    EraseMirror.of(mirror, common.folder(), System.getenv()),
                                    InstantSource.system(),
                                    time -> Thread.sleep(time.toMillis()),
                                    bar::step,
                                    bar::row)
                            .erase(tenantId);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(common.json() ? Json.text(report.json()) + '\n' : report.text());
        out.flush();
        return 0;
    }

    @SuppressWarnings(
            "SystemConsoleNull") // Java 22 reads a null line instead, which is no id either
    private void confirm(String tenantId) {
        if (yes) {
            return;
        }
        Console console = System.console();
        if (console == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "erasing cannot be taken back; add --yes if " + tenantId + " is meant");
        }
        String typed =
                console.readLine(
                        "Everything that tenant %s asked and was answered will be gone for good."
                                + " Type its id to go on: ",
                        tenantId);
        if (!tenantId.equals(typed)) {
            throw new ParameterException(spec.commandLine(), "nothing was erased");
        }
    }

    /** The parts of the system that runs. */
    private record Running(Endpoints endpoints, AwsClients clients, String adminKey)
            implements TenantErasure.RunningParts {
        @Override
        public void deleteTenant(String tenantId)
                throws IOException, InterruptedException, FindingException {
            Reply reply =
                    new SluiceApi(SluiceApi.client(), endpoints.api(), adminKey)
                            .delete("/v1/admin/tenants/" + tenantId);
            if (reply.status() != NO_CONTENT && reply.status() != NOT_FOUND) {
                throw new FindingException("the API did not delete the tenant: " + reply.problem());
            }
        }

        @Override
        public Optional<Boolean> order(String tenantId, String commandId, Duration patience)
                throws InterruptedException {
            return new EraseOrder(clients.kinesis(), time -> Thread.sleep(time.toMillis()))
                    .send(tenantId, commandId, patience);
        }

        @Override
        public void checkpoint() throws IOException, InterruptedException, FindingException {
            FlinkRest flink = new FlinkRest(SluiceApi.client(), endpoints.flink());
            String job =
                    flink.job()
                            .filter(one -> one.path("state").asText().equals("RUNNING"))
                            .map(one -> one.path("jid").asText())
                            .orElseThrow(
                                    () ->
                                            new FindingException(
                                                    "the job does not run: see 'sluice status',"
                                                            + " then run it again"));
            new Snapshots(flink).checkpoint(job);
        }
    }
}
