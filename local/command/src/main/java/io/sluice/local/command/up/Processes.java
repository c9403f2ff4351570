package io.sluice.local.command.up;

import io.sluice.contract.audit.SigningKeyFile;
import io.sluice.local.command.AwsProcess;
import io.sluice.local.command.data.DataFolder;
import io.sluice.local.command.data.Endpoints;
import io.sluice.local.command.process.ChildSpec;
import io.sluice.local.command.process.ClassArchive;
import io.sluice.local.command.process.Jvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The command lines and environments of the processes of one machine. Heaps are sized so that all
 * of them together stay below 2.5 GiB.
 */
final class Processes {
    private static final String AWS_LOGGING = "io/sluice/local/command/aws-log4j2.xml";

    /**
     * On few cores the optimizing compiler takes a quarter of the processor for minutes, while
     * requests wait; code of the first compiler alone does more in that time (figures in
     * benchmarks/README.md).
     */
    private static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1";

    /** What stands between a client and its acknowledgement runs first. */
    private static final int FIRST = 0;

    /** What works off the log may wait its turn: what is on the log is safe. */
    private static final int LATER = 10;

    /** How much longer a run may take to end that writes down its classes at its end. */
    private static final Duration RECORDING_PATIENCE = Duration.ofSeconds(20);

    private static final String AUDIT_VARIABLE = "SLUICE_AUDIT";
    private static final String AUDIT_KEY_VARIABLE = "SLUICE_AUDIT_KEY";

    private final Jvm jvm;
    private final UpOptions options;
    private final Endpoints endpoints;
    private final DataFolder folder;
    private final String startId;

    Processes(Jvm jvm, UpOptions options, Endpoints endpoints) {
        this.jvm = jvm;
        this.options = options;
        this.endpoints = endpoints;
        this.folder = options.folder();
        this.startId = UUID.randomUUID().toString();
    }

    /** Kinesis, CloudWatch and Bedrock. */
    ChildSpec aws() throws IOException {
        String classPath = jvm.classPath("local/command");
        ClassArchive classes = jvm.classArchive("aws", classPath);
        List<String> command = java("aws", classes, "-Xms32m", "-Xmx256m", FIRST_COMPILER);
        command.add("-Dlog.file=" + folder.log("aws"));
        command.add("-Dlog4j2.configurationFile=classpath:" + AWS_LOGGING);
        command.addAll(List.of("-cp", classPath, AwsProcess.class.getName()));
        command.addAll(
                List.of(
                        "--data-dir", folder.part("aws").toString(),
                        "--kinesis-port", port(endpoints.kinesis()),
                        "--cloudwatch-port", port(endpoints.cloudwatch()),
                        "--bedrock-port", port(endpoints.bedrock())));
        return spec(
                "aws",
                command,
                classes,
                folder.log("aws"),
                FIRST,
                Duration.ofSeconds(10),
                Map.of());
    }

    /** DynamoDB Local, among whose jars one names a folder: Java archives no such class path. */
    ChildSpec dynamodb() throws IOException {
        ClassArchive classes = ClassArchive.NONE;
        List<String> command = java("dynamodb", classes, "-Xms32m", "-Xmx128m", FIRST_COMPILER);
        command.addAll(
                List.of(
                        "-cp",
                        jvm.classPath("local/dynamodb"),
                        "io.sluice.local.dynamodb.DynamoDbProcess",
                        "--data-dir",
                        folder.part("dynamodb").toString(),
                        "--port",
                        port(endpoints.dynamodb())));
        return spec(
                "dynamodb",
                command,
                classes,
                folder.standardError("dynamodb"),
                LATER,
                Duration.ofSeconds(12),
                Map.of());
    }

    /** The Flink job. */
    ChildSpec job() throws IOException {
        String classPath = jvm.classPath("local/job") + ":" + jvm.jar("pipeline");
        ClassArchive classes = jvm.classArchive("job", classPath);
        List<String> command =
                java(
                        "job",
                        classes,
                        "-Xms384m",
                        "-Xmx768m",
                        "-Xmn192m",
                        FIRST_COMPILER,
                        "-XX:MaxMetaspaceSize=256m",
                        "--add-opens=java.base/java.util=ALL-UNNAMED");
        command.add("-Dlog.file=" + folder.log("job"));
        Path configuration = jvm.home().resolve("flink-conf");
        Path properties = configuration.resolve("application_properties.json");
        JobPatience patience = JobPatience.of(properties);
        command.addAll(
                List.of(
                        "-cp",
                        classPath,
                        "io.sluice.local.job.JobProcess",
                        "--conf-dir",
                        configuration.toString(),
                        "--data-dir",
                        folder.part("job").toString(),
                        "--main-class",
                        "io.sluice.pipeline.SluiceJob",
                        "--properties",
                        properties.toString(),
                        "--cancel-patience",
                        patience.cancel().toString(),
                        "--rest-port",
                        port(endpoints.flink()),
                        "--parallelism",
                        Integer.toString(options.parallelism())));
        if (options.fromSavepoint() != null) {
            command.addAll(
                    List.of(
                            "--from-savepoint",
                            options.fromSavepoint().toString(),
                            "--start-id",
                            startId));
        }
        options.flinkSettings()
                .forEach((key, value) -> command.addAll(List.of("-D", key + "=" + value)));
        Map<String, String> more = new HashMap<>();
        more.put(AUDIT_VARIABLE, orBelow(AUDIT_VARIABLE, folder.part("audit")));
        more.put(AUDIT_KEY_VARIABLE, auditKey());
        if (options.mirror() != null) {
            // The mirror's user and password come from the environment that the job inherits.
            more.put("SLUICE_MIRROR_URL", options.mirror());
        }
        return spec("job", command, classes, folder.log("job"), LATER, patience.stop(), more);
    }

    /** The HTTP API. */
    ChildSpec ingress(String requestIdSecrets) throws IOException {
        String classPath = jvm.classPath("ingress");
        ClassArchive classes = jvm.classArchive("ingress", classPath);
        List<String> command = java("ingress", classes, "-Xms64m", "-Xmx320m", FIRST_COMPILER);
        command.addAll(
                List.of(
                        "-cp",
                        classPath,
                        "io.sluice.ingress.IngressApplication",
                        "--die-with-parent"));
        Map<String, String> settings = new HashMap<>();
        settings.put("SLUICE_PORT", port(endpoints.api()));
        settings.put("SLUICE_REQUEST_ID_SECRETS", requestIdSecrets);
        settings.put("SLUICE_DASHBOARD_FLINK_URL", endpoints.flink().toString());
        settings.put(AUDIT_VARIABLE, orBelow(AUDIT_VARIABLE, folder.part("audit")));
        if (options.policy() != null) {
            settings.put("SLUICE_POLICY", options.policy().toString());
        }
        return spec(
                "ingress",
                command,
                classes,
                folder.standardError("ingress"),
                FIRST,
                Duration.ofSeconds(12),
                settings);
    }

    private List<String> java(String name, ClassArchive classes, String... flags) {
        List<String> command = new ArrayList<>(List.of(Jvm.java()));
        command.addAll(List.of(flags));
        command.addAll(classes.flags());
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Dfile.encoding=UTF-8",
                        "-Djava.io.tmpdir=" + folder.scratch(name)));
        return command;
    }

    private ChildSpec spec(
            String name,
            List<String> command,
            ClassArchive classes,
            Path log,
            int niceness,
            Duration stopPatience,
            Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        // Native memory of many threads otherwise goes to as many arenas.
        environment.put("MALLOC_ARENA_MAX", "2");
        environment.putAll(PayloadPlaces.of(folder).environment());
        if (!options.externalAws()) {
            environment.putAll(EmbeddedSettings.of(endpoints));
        }
        return new ChildSpec(
                name,
                command,
                environment,
                options.externalAws() ? "" : "AWS_",
                folder.standardError(name),
                log,
                niceness,
                classes.records() ? stopPatience.plus(RECORDING_PATIENCE) : stopPatience,
                classes::keep);
    }

    /** What a variable says, or the place in the data folder if nobody says otherwise. */
    private static String orBelow(String variable, Path usual) {
        String wanted = System.getenv(variable);
        return wanted == null || wanted.isBlank() ? usual.toString() : wanted;
    }

    /** The key that digests are signed with; made if nobody names one. */
    private String auditKey() throws IOException {
        String wanted = System.getenv(AUDIT_KEY_VARIABLE);
        if (wanted == null || wanted.isBlank()) {
            SigningKeyFile.makeIfMissing(folder.auditKey());
        }
        return orBelow(AUDIT_KEY_VARIABLE, folder.auditKey());
    }

    private static String port(java.net.URI address) {
        return Integer.toString(address.getPort());
    }
}
