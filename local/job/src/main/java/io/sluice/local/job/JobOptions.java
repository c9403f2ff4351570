package io.sluice.local.job;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the process. */
@Command(name = "sluice-job", description = "Runs a Flink application on an embedded cluster.")
final class JobOptions {
    @Option(
            names = "--conf-dir",
            required = true,
            description = "Directory of Flink's config.yaml.")
    Path confDir = Path.of("flink-conf");

    @Option(
            names = "--data-dir",
            required = true,
            description = "Directory of checkpoints, savepoints and temporary files.")
    Path dataDir = Path.of(".");

    @Option(
            names = "--main-class",
            required = true,
            description = "Main class of the application; it must be on the class path.")
    String mainClass = "";

    @Option(
            names = "--properties",
            required = true,
            description = "File of application properties, handed to the main class.")
    Path properties = Path.of("application_properties.json");

    @Option(names = "--rest-port", description = "Port of Flink's REST API and web UI; 0: free.")
    int restPort;

    @Option(names = "--parallelism", description = "Default parallelism and number of slots.")
    int parallelism = 2;

    @Option(
            names = "--from-savepoint",
            description = "Savepoint to go on from instead of the newest checkpoint.")
    @Nullable Path fromSavepoint;

    @Option(
            names = "--start-id",
            description =
                    "Names a start of the system: a savepoint is chosen once for each, however"
                            + " often the process is restarted.")
    String startId = "";

    @Option(
            names = "--cancel-patience",
            description = "How long the tasks of a cancelled job may take to end, ISO 8601.")
    Duration cancelPatience = Duration.ofSeconds(15);

    @Option(names = "-D", description = "A Flink setting that goes before config.yaml's.")
    Map<String, String> settings = new LinkedHashMap<>();

    Path checkpoints() {
        return dataDir.resolve("checkpoints");
    }

    Path savepoints() {
        return dataDir.resolve("savepoints");
    }

    /** Scratch space of this run; what an earlier run left there is worthless. */
    Path scratch() {
        return dataDir.resolve("tmp").resolve("job");
    }
}
