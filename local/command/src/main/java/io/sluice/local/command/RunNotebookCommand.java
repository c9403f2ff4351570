package io.sluice.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.local.command.data.Endpoints;
import io.sluice.local.command.notebooks.NoteFiles;
import io.sluice.local.command.notebooks.NoteProcess;
import io.sluice.local.command.print.TextTable;
import io.sluice.local.command.process.Jvm;
import io.sluice.local.command.provision.AwsClients;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** {@code sluice notebook run}: what a note's queries come to now. */
@Command(
        name = "run",
        description =
                "Run a note over everything that is on the events stream, print what its queries"
                        + " come to, and end. It shows all tenants. Exits with 1 if time ran out.",
        mixinStandardHelpOptions = true)
final class RunNotebookCommand implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", description = "Which: 'sluice notebook list' knows them.")
    private String name = "";

    @Option(
            names = "--set",
            paramLabel = "FORM=VALUE",
            description = "The value of one of the note's forms, such as window_minutes=60.")
    private Map<String, String> settings = new HashMap<>();

    @Option(
            names = "--seconds",
            defaultValue = "300",
            description = "How long each query may take, 1 to 86400 (default: ${DEFAULT-VALUE}).")
    private int seconds = 300;

    @Option(
            names = "--external-aws",
            description = "The system uses the AWS that the SDK's standard settings name.")
    private boolean externalAws;

    @Override
    public Integer call() throws Exception {
        if (seconds < 1 || seconds > 86_400) {
            throw new ParameterException(
                    spec.commandLine(), "--seconds is " + seconds + "; expected 1 to 86400");
        }
        Jvm jvm = Jvm.ofThisBuild();
        Path note = new NoteFiles(jvm.home()).file(name);
        Endpoints endpoints = common.endpoints();
        ObjectNode all = Json.object().put("note", name);
        all.putArray("results");
        int status =
                new NoteProcess(jvm, credentials(), common.folder().scratch("notebook"))
                        .run(
                                note,
                                places(endpoints),
                                settings,
                                Duration.ofSeconds(seconds),
                                result -> take(result, all));
        PrintWriter out = spec.commandLine().getOut();
        if (common.json() && status == 0) {
            out.println(Json.text(all));
        }
        out.flush();
        boolean complete =
                StreamSupport.stream(all.path("results").spliterator(), false)
                        .allMatch(result -> result.path("complete").asBoolean());
        return status == 0 && complete ? 0 : 1;
    }

    private void take(JsonNode result, ObjectNode all) {
        all.withArray("results").add(result);
        if (!common.json()) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(result.path("title").asText());
            out.println(table(result).text());
            out.flush();
        }
        if (!result.path("complete").asBoolean()) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(
                    "sluice: '"
                            + result.path("title").asText()
                            + "' had not read all of the stream after "
                            + seconds
                            + " s: give it more with --seconds");
            err.flush();
        }
    }

    private static TextTable table(JsonNode result) {
        TextTable table = TextTable.ofText().row(cells(result.path("columns")));
        result.path("rows").forEach(row -> table.row(cells(row)));
        return table;
    }

    private static String[] cells(JsonNode row) {
        return StreamSupport.stream(row.spliterator(), false)
                .map(cell -> cell.isNull() ? "-" : cell.asText())
                .toArray(String[]::new);
    }

    private Map<String, String> places(Endpoints endpoints) {
        String region =
                externalAws
                        ? new DefaultAwsRegionProviderChain().getRegion().id()
                        : AwsClients.EMBEDDED_REGION;
        return Map.of(
                "region", region,
                "kinesis", endpoints.kinesis().toString(),
                "dynamodb", endpoints.dynamodb().toString(),
                "archive", common.folder().part("audit").toUri().toString());
    }

    private Map<String, String> credentials() {
        return externalAws
                ? Map.of()
                : Map.of(
                        "AWS_ACCESS_KEY_ID", AwsClients.EMBEDDED_CREDENTIAL,
                        "AWS_SECRET_ACCESS_KEY", AwsClients.EMBEDDED_CREDENTIAL,
                        "AWS_EC2_METADATA_DISABLED", "true");
    }
}
