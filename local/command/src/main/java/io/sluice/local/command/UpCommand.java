package io.sluice.local.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Retention;
import io.sluice.contract.json.Json;
import io.sluice.local.command.data.Endpoints;
import io.sluice.local.command.data.Keys;
import io.sluice.local.command.demo.Demo;
import io.sluice.local.command.print.Progress;
import io.sluice.local.command.print.TextTable;
import io.sluice.local.command.process.Jvm;
import io.sluice.local.command.up.Up;
import io.sluice.local.command.up.UpOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice up}: starts everything and keeps it running. */
@Command(
        name = "up",
        description = "Start a whole system on this machine and keep it running until Ctrl-C.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    /** Key groups of the job's state (SluiceTopology.MAX_PARALLELISM). */
    private static final int MOST_PARALLELISM = 128;

    @Mixin private CommonOptions common = new CommonOptions();

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Port of the API; 0: a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--flink-port", description = "Port of Flink's web UI (default: a free one).")
    private int flinkPort;

    @Option(names = "--demo", description = "Send demo traffic after the start.")
    private boolean demo;

    @Option(
            names = "--external-aws",
            description =
                    "Use the AWS that the SDK's standard settings name instead of embedded"
                            + " services; missing streams and tables are created.")
    private boolean externalAws;

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--parallelism",
            defaultValue = "2",
            description =
                    "Parallelism of the job, 1 to 128; may differ from that of the checkpoint it"
                            + " goes on from (default: ${DEFAULT-VALUE}).")
    private int parallelism;

    @Option(
            names = "--from-savepoint",
            paramLabel = "DIR",
            description =
                    "Go on from this savepoint instead of the newest checkpoint; what was stored"
                            + " before this start no longer counts.")
    private @Nullable Path fromSavepoint;

    @Option(
            names = "--accept-gap",
            description =
                    "Go on from a checkpoint that is older than the stream keeps its records: what"
                            + " came in between may be lost.")
    private boolean acceptGap;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description =
                    "Tiers, tenants and models (YAML) over the shipped ones; a change is in force"
                            + " within 5 s (default: as shipped).")
    private @Nullable Path policy;

    @Option(
            names = "--mirror",
            paramLabel = "JDBC-URL",
            description =
                    "Mirror usage and results into PostgreSQL, such as"
                            + " jdbc:postgresql://localhost/finance; user and password come from"
                            + " SLUICE_MIRROR_USER and SLUICE_MIRROR_PASSWORD (default:"
                            + " SLUICE_MIRROR_URL if it is set, else no mirror).")
    private @Nullable String mirror;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "A Flink setting that goes before flink-conf/config.yaml.")
    private Map<String, String> flinkSettings = new LinkedHashMap<>();

    @Override
    public Integer call() throws Exception {
        if (spec != null && (parallelism < 1 || parallelism > MOST_PARALLELISM)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--parallelism is "
                            + parallelism
                            + ", but state has "
                            + MOST_PARALLELISM
                            + " key groups: choose 1 to "
                            + MOST_PARALLELISM);
        }
        refuseWrongRetention();
        Progress progress = new Progress(System.err, System::nanoTime);
        UpOptions options =
                new UpOptions(
                        common.folder(),
                        port,
                        flinkPort,
                        externalAws,
                        parallelism,
                        acceptGap,
                        fromSavepoint == null ? null : SavepointCheck.usable(fromSavepoint),
                        policy == null ? null : PolicyCheck.usable(policy, System.getenv()),
                        mirror == null ? null : MirrorCheck.usable(mirror, System.getenv()),
                        flinkSettings);
        new Up(options, Jvm.ofThisBuild(), progress)
                .run(
                        (endpoints, keys) -> {
                            progress.step("ready");
                            print(endpoints, keys);
                            if (demo) {
                                demonstrate(endpoints, keys);
                            }
                        });
        return 0;
    }

    /** All parts would refuse it when they start. */
    private static void refuseWrongRetention() throws FindingException {
        try {
            Retention.ofEnvironment(System::getenv);
        } catch (IllegalArgumentException e) {
            throw new FindingException(String.valueOf(e.getMessage()));
        }
    }

    private void print(Endpoints endpoints, Keys keys) {
        if (common.json()) {
            ObjectNode result = Json.object();
            result.set("endpoints", endpoints.json());
            result.set("keys", keys.json());
            System.out.println(Json.text(result));
        } else {
            TextTable table =
                    TextTable.ofText()
                            .row("API", endpoints.api().toString())
                            .row("dashboard", endpoints.dashboard().toString())
                            .row("Flink UI", endpoints.flink().toString())
                            .row("Kinesis", endpoints.kinesis().toString())
                            .row("DynamoDB", endpoints.dynamodb().toString())
                            .row("CloudWatch", endpoints.cloudwatch().toString())
                            .row("Bedrock", endpoints.bedrock().toString())
                            .row("admin key", keys.admin());
            keys.tenants().forEach((tenant, key) -> table.row(tenant, key));
            System.out.print("\n" + table.text() + "\n");
        }
        System.out.flush();
    }

    private void demonstrate(Endpoints endpoints, Keys keys) {
        Thread demonstration =
                new Thread(() -> Demo.standard(endpoints, keys).run().print(common.json()), "demo");
        demonstration.setDaemon(true);
        demonstration.start();
    }
}
