package io.sluice.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.Names;
import io.sluice.contract.PriceBook;
import io.sluice.contract.json.Json;
import io.sluice.local.command.archive.FoldProcess;
import io.sluice.local.command.archive.ReplayView;
import io.sluice.local.command.archive.RetainedStream;
import io.sluice.local.command.prices.PriceFiles;
import io.sluice.local.command.process.Jvm;
import io.sluice.local.command.provision.AwsClients;
import io.sluice.local.command.simulate.SimulationInputs;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code sluice replay}: history again, as it was or as it would have been. */
@Command(
        name = "replay",
        description = {
            "Fold the archive's recorded inputs through the engine again, from each tenant's first"
                    + " record on, as a bounded Flink job.",
            "--mode verify compares every decision and counter to the bit, and prints the first"
                    + " difference of each tenant.",
            "--mode what-if tells what would have become of the same requests under another policy"
                    + " or other prices, from --from on.",
            "Exits with 0, with 1 if something differs or failed, with 2 on wrong use."
        },
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    /** What to do with the history. */
    enum Mode {
        /** Compare. */
        VERIFY,
        /** Tell it under other terms. */
        WHAT_IF
    }

    @Mixin private TablesOptions tables = new TablesOptions();

    @Mixin private SpanOptions span = new SpanOptions();

    @Option(
            names = "--mode",
            required = true,
            paramLabel = "verify|what-if",
            converter = ModeName.class,
            description = "What to do.")
    private Mode mode = Mode.VERIFY;

    @Option(
            names = "--archive",
            paramLabel = "DIR",
            description = "The archive's folder (default: audit/ in the data folder).")
    private @Nullable Path archive;

    @Option(
            names = "--stream",
            description =
                    "Fold what the stream of audit records retains as well: what is not archived"
                            + " yet, or all of it if there is no archive. Of tenants whose first"
                            + " record it has no more, only the archive has that.")
    private boolean stream;

    @Option(
            names = "--policy",
            paramLabel = "policy.yaml",
            description = "The other policy, over the shipped one (default: what was in force).")
    private @Nullable Path policy;

    @Option(
            names = "--prices",
            paramLabel = "prices.json",
            description = "The other prices (default: what was billed).")
    private @Nullable Path prices;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a report with charts there, in one file that needs no other.")
    private @Nullable Path html;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Subtasks of the job, 1 to 128 (default: one per processor).")
    private int parallelism = Runtime.getRuntime().availableProcessors();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, FindingException, InterruptedException {
        check();
        Path folder = archive == null ? tables.folder().part("audit") : archive;
        if (!stream && !Files.isDirectory(folder)) {
            throw new FindingException("there is no archive in " + folder);
        }
        Path report = html == null ? null : html.toAbsolutePath().getParent();
        if (report != null && !Files.isDirectory(report)) {
            throw new FindingException("--html: there is no folder " + report);
        }
        Optional<JsonNode> result = fold(folder.toAbsolutePath());
        if (result.isEmpty()) {
            return 1;
        }
        if (isEmpty(result.get())) {
            throw new FindingException(
                    "no record "
                            + (span.tenant() == null ? "" : "of " + span.tenant() + " ")
                            + "of that time is in "
                            + folder
                            + ": there is nothing to fold");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (tables.json()) {
            out.println(Json.text(result.get()));
        } else {
            out.print(
                    mode == Mode.VERIFY
                            ? ReplayView.verified(result.get())
                            : ReplayView.whatIf(result.get()));
        }
        out.flush();
        return mode == Mode.VERIFY && !result.get().path("fine").asBoolean() ? 1 : 0;
    }

    private Optional<JsonNode> fold(Path folder)
            throws IOException, FindingException, InterruptedException {
        List<String> arguments = arguments(folder);
        FoldProcess process = new FoldProcess(Jvm.ofThisBuild());
        if (!stream) {
            return process.run(arguments);
        }
        Path copy =
                Files.createDirectories(
                        scratch().resolve("stream-" + ProcessHandle.current().pid()));
        try (AwsClients clients = tables.clients()) {
            RetainedStream retained = new RetainedStream(clients.kinesis(), Names.AUDIT_STREAM);
            retained.copyTo(copy);
            arguments.addAll(List.of("--stream", copy.toString()));
            return process.run(arguments);
        } finally {
            RetainedStream.remove(copy);
        }
    }

    private Path scratch() {
        return tables.folder().scratch("replay").toAbsolutePath();
    }

    private boolean isEmpty(JsonNode result) {
        return mode == Mode.VERIFY
                ? result.path("fine").asBoolean() && result.path("records").asLong() == 0
                : result.path("tenants").isEmpty();
    }

    private void check() throws FindingException {
        if (parallelism < 1 || parallelism > 128) {
            throw wrong("--parallelism is " + parallelism + "; expected 1 to 128");
        }
        boolean other = policy != null || prices != null;
        if (mode == Mode.VERIFY && (other || html != null)) {
            throw wrong("--policy, --prices and --html belong to --mode what-if");
        }
        if (mode == Mode.WHAT_IF && !other) {
            throw wrong("--mode what-if needs --policy or --prices");
        }
        PriceBook book = PriceFiles.book(prices);
        if (policy != null) {
            SimulationInputs.policy(policy, book);
        }
    }

    private List<String> arguments(Path folder) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--mode", mode == Mode.VERIFY ? "verify" : "what-if"));
        arguments.addAll(List.of("--archive", folder.toString()));
        arguments.addAll(List.of("--scratch", scratch().toString()));
        arguments.addAll(List.of("--from-millis=" + span.fromMillis()));
        arguments.addAll(List.of("--to-millis=" + span.toMillis()));
        arguments.addAll(List.of("--parallelism", String.valueOf(parallelism)));
        String tenant = span.tenant();
        if (tenant != null) {
            arguments.addAll(List.of("--tenant", tenant));
        }
        add(arguments, "--policy", policy);
        add(arguments, "--prices", prices);
        add(arguments, "--html", html);
        return arguments;
    }

    private static void add(List<String> arguments, String option, @Nullable Path file) {
        if (file != null) {
            arguments.addAll(List.of(option, file.toAbsolutePath().toString()));
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Modes by the names that people type. */
    static final class ModeName implements ITypeConverter<Mode> {
        @Override
        public Mode convert(String value) {
            return switch (value) {
                case "verify" -> Mode.VERIFY;
                case "what-if" -> Mode.WHAT_IF;
                default ->
                        throw new TypeConversionException(
                                "seen '" + value + "', expected verify or what-if");
            };
        }
    }
}
