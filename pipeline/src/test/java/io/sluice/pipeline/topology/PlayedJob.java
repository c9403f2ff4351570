package io.sluice.pipeline.topology;

import static org.awaitility.Awaitility.await;

import io.sluice.pipeline.config.ApplicationProperties;
import io.sluice.pipeline.enforce.LogRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * The whole job reading a {@link PlayedLog} on a cluster in this process, with state in RocksDB and
 * so few decoded cores that most are written back and read again.
 */
final class PlayedJob {
    private static final int CORES_IN_MEMORY = 3;

    private final Path folder;
    private int logs;

    PlayedJob(Path folder) {
        this.folder = folder;
    }

    /** Reads a whole log, killed and restored on the way if that is asked for. */
    PlayedLog play(List<LogRecord> records, int parallelism, Interruptions interruptions)
            throws Exception {
        return play(records, parallelism, interruptions, null);
    }

    /** The same with an archive in that folder. */
    PlayedLog play(
            List<LogRecord> records,
            int parallelism,
            Interruptions interruptions,
            @Nullable Path archive)
            throws Exception {
        String name = folder.getFileName() + "-" + ++logs;
        PlayedLog log = PlayedLog.create(name, records, interruptions);
        log.archive = archive == null ? null : archive.toUri().toString();
        start(name, parallelism, 0, interruptions.count(), null).getJobExecutionResult().get();
        return log;
    }

    /**
     * Stops in the middle with a savepoint and goes on from it with each of the other parallelisms.
     */
    List<PlayedLog> rescale(List<LogRecord> records, int before, double part, int... after)
            throws Exception {
        return rescale(null, records, before, part, after);
    }

    /** The same with an archive in that folder. */
    List<PlayedLog> rescale(
            @Nullable Path archive, List<LogRecord> records, int before, double part, int... after)
            throws Exception {
        String name = folder.getFileName() + "-" + ++logs;
        PlayedLog log = PlayedLog.create(name, records, Interruptions.stopAt(part));
        log.archive = archive == null ? null : archive.toUri().toString();
        String savepoint = stopHalfWay(log, name, before, folder.resolve("savepoints"));
        List<PlayedLog> played = new ArrayList<>();
        for (int parallelism : after) {
            String next = name + "-on-" + parallelism;
            played.add(log.copy(next));
            goOn(next, parallelism, savepoint);
        }
        return played;
    }

    /** Reads the part that may be read and stops; the savepoint's directory below the target. */
    String stopHalfWay(PlayedLog log, String name, int parallelism, Path target) throws Exception {
        JobClient job = start(name, parallelism, 0, 0, null);
        await().atMost(Duration.ofMinutes(1)).until(log::isHeldBack);
        String savepoint =
                job.stopWithSavepoint(
                                false, target.toUri().toString(), SavepointFormatType.CANONICAL)
                        .get();
        job.getJobExecutionResult().get();
        return savepoint;
    }

    /** Reads the rest of a log, as its second run. */
    void goOn(String name, int parallelism, String savepoint) throws Exception {
        start(name, parallelism, 1, 0, savepoint).getJobExecutionResult().get();
    }

    private JobClient start(
            String name, int parallelism, int earlierRuns, int kills, @Nullable String savepoint)
            throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, kills > 0);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        configuration.set(
                CheckpointingOptions.CHECKPOINTING_INTERVAL,
                Duration.ofMillis(kills > 0 ? 250 : 1_000));
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, kills);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        if (savepoint != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
        Properties enforce = new Properties();
        enforce.setProperty("cores.in.memory", String.valueOf(CORES_IN_MEMORY));
        SluiceTopology.build(
                env,
                new PlayedEnds(name, earlierRuns),
                ApplicationProperties.of(Map.of("Enforce", enforce)));
        return env.executeAsync(name);
    }
}
