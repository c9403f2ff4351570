package io.sluice.local.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.util.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * Runs an application on an embedded Flink cluster in this process and keeps its state over
 * restarts.
 *
 * <p>It prints {@code cluster <port>} when Flink's REST API is up, waits for {@code run
 * <retention>} on standard input, prints {@code ready <port>} when every task of the job runs,
 * {@code stopped …} after {@code stop}, and {@code failed <why>} before it gives up. It exits with
 * 0 after {@code stop}, also of a job that a savepoint stopped before, 1 when the job failed, 2 for
 * a wrong command line, 3 when stored state needs a person's decision; it halts at once when
 * standard input ends.
 */
public final class JobProcess {
    private static final Logger LOG = LoggerFactory.getLogger(JobProcess.class);

    private static final int KEPT_CHECKPOINTS = 3;
    private static final long CHECKPOINT_PATIENCE_MILLIS = 25_000;
    private static final long CLOSE_PATIENCE_MILLIS = 5_000;
    private static final long POLL_MILLIS = 50;

    private final JobOptions options;
    private final Instructions instructions;

    private JobProcess(JobOptions options, Instructions instructions) {
        this.options = options;
        this.instructions = instructions;
    }

    /** Starts the process; see the class for what it says and reads. */
    public static void main(String[] args) {
        JobOptions options = new JobOptions();
        try {
            new CommandLine(options).parseArgs(args);
        } catch (CommandLine.ParameterException e) {
            System.err.println(e.getMessage());
            exit(2);
        }
        Instructions instructions = new Instructions();
        instructions.readFrom(
                System.in, () -> Runtime.getRuntime().halt(1), JobProcess::endBeforeTheJob);
        exit(new JobProcess(options, instructions).run());
    }

    private int run() {
        try {
            return runJob();
        } catch (Throwable e) {
            // Flink wraps what is thrown while a job is submitted.
            Optional<UnusableStateException> unusable =
                    ExceptionUtils.findThrowable(e, UnusableStateException.class);
            return unusable.isPresent()
                    ? fail(3, String.valueOf(unusable.get().getMessage()), e)
                    : fail(1, RootCause.of(e), e);
        }
    }

    private int runJob() throws Exception {
        DirectoryRemoval.remove(options.scratch());
        Files.createDirectories(options.scratch());
        Configuration settings = ClusterSettings.of(options);
        // Others than the local one, from the folder that FLINK_PLUGINS_DIR names.
        FileSystem.initialize(settings, PluginUtils.createPluginManagerFromRootFolder(settings));
        MiniCluster cluster = new MiniCluster(clusterOf(settings));
        cluster.start();
        int port = cluster.getRestAddress().get().getPort();
        say("cluster " + port);
        Optional<StoredCheckpoint> restored = restorePoint(instructions.run().join());
        EmbeddedJob job =
                EmbeddedJob.submit(
                        cluster, settings, options.mainClass, options.properties, restored);
        int code = watch(job, port);
        try {
            cluster.closeAsync().get(CLOSE_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("The cluster did not close cleanly", e);
        }
        return code;
    }

    private int watch(EmbeddedJob job, int port) throws InterruptedException, ExecutionException {
        CompletableFuture<Object> end = CompletableFuture.anyOf(job.result(), instructions.stop());
        boolean ready = false;
        while (!ready && !end.isDone()) {
            ready = job.allTasksRun();
            if (!ready) {
                waitFor(end, POLL_MILLIS);
            }
        }
        if (ready) {
            say("ready " + port);
        }
        end.join();
        if (job.result().isDone() && job.result().get().isSuccess()) {
            // A job of unbounded sources ends so only by a stop with a savepoint.
            LOG.info("The job was stopped with a savepoint; waiting to be stopped too");
            instructions.stop().join();
            say("stopped after its savepoint");
            return 0;
        }
        if (instructions.stop().isDone()) {
            long cancelMillis = options.cancelPatience.toMillis();
            say("stopped with " + job.stop(CHECKPOINT_PATIENCE_MILLIS, cancelMillis));
            return 0;
        }
        return fail(1, RootCause.of(job.result().get()), null);
    }

    private static void waitFor(CompletableFuture<Object> end, long millis)
            throws InterruptedException, ExecutionException {
        try {
            end.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Not over yet: the caller looks again.
        }
    }

    private Optional<StoredCheckpoint> restorePoint(Duration retention)
            throws IOException, UnusableStateException {
        Instant now = Clock.systemUTC().instant();
        CheckpointStore store = new CheckpointStore(options.checkpoints(), options.savepoints());
        CheckpointStore.Contents stored = store.read();
        stored.unreadable()
                .forEach((path, why) -> LOG.warn("Checkpoint {} is unreadable: {}", path, why));
        Starts starts = new Starts(options.dataDir, stored);
        Optional<StoredCheckpoint> restored =
                options.fromSavepoint == null
                        ? starts.newest(now, retention)
                        : starts.from(options.fromSavepoint, options.startId, now, retention);
        if (restored.isPresent()) {
            LOG.info("Restoring {}", restored.get());
        } else {
            LOG.info("Nothing to restore: starting with empty state");
        }
        for (Path job : store.jobsWithoutAnyOf(starts.kept(KEPT_CHECKPOINTS))) {
            LOG.info("Removing {}: it holds none of the newest checkpoints", job);
            DirectoryRemoval.remove(job);
        }
        return restored;
    }

    private static MiniClusterConfiguration clusterOf(Configuration settings) {
        return new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(settings.get(TaskManagerOptions.NUM_TASK_SLOTS))
                .build();
    }

    private static int fail(int code, String why, @org.jspecify.annotations.Nullable Throwable e) {
        LOG.error("Giving up: {}", why, e);
        say("failed " + why);
        return code;
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static void endBeforeTheJob() {
        say("stopped before the job was started");
        exit(0);
    }

    private static void exit(int code) {
        org.apache.logging.log4j.LogManager.shutdown();
        Runtime.getRuntime().halt(code);
    }
}
