package io.sluice.local.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.ClientUtils;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.RestoreMode;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;

/** The one job of an embedded cluster: submitted by its main class, watched, stopped. */
final class EmbeddedJob {
    private final MiniCluster cluster;
    private final JobID id;
    private final CompletableFuture<JobResult> result;

    private EmbeddedJob(MiniCluster cluster, JobID id) {
        this.cluster = cluster;
        this.id = id;
        this.result = cluster.requestJobResult(id);
    }

    /**
     * Runs an application's main class, which submits the job.
     *
     * @param restored what the job starts from; empty for empty state
     * @throws Exception what the main class threw, or an {@link IllegalStateException} when it
     *     submitted nothing
     */
    static EmbeddedJob submit(
            MiniCluster cluster,
            Configuration settings,
            String mainClass,
            Path properties,
            Optional<StoredCheckpoint> restored)
            throws Exception {
        Configuration configuration = new Configuration(settings);
        restored.ifPresent(
                checkpoint ->
                        SavepointRestoreSettings.toConfiguration(
                                SavepointRestoreSettings.forPath(
                                        FlinkPath.of(checkpoint.directory()),
                                        ignoresUnclaimedState(settings),
                                        RestoreMode.NO_CLAIM),
                                configuration));
        EmbeddedExecutor executor =
                new EmbeddedExecutor(
                        cluster,
                        graph -> requireFits(restored, graph, ignoresUnclaimedState(settings)));
        PackagedProgram program =
                PackagedProgram.newBuilder()
                        .setEntryPointClassName(mainClass)
                        .setArguments(properties.toString())
                        .setConfiguration(configuration)
                        .build();
        ClientUtils.executeProgram(executor, configuration, program, true, false);
        JobID id = executor.submitted();
        if (id == null) {
            throw new IllegalStateException(
                    mainClass + " returned without executing a job; expected one execute() call");
        }
        return new EmbeddedJob(cluster, id);
    }

    /**
     * Whether somebody said that state of operators which the job no longer has may be left out.
     */
    private static boolean ignoresUnclaimedState(Configuration settings) {
        return settings.get(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE);
    }

    private static void requireFits(
            Optional<StoredCheckpoint> restored, JobGraph graph, boolean mayLeaveOut)
            throws IOException, UnusableStateException {
        if (restored.isPresent()) {
            Path directory = restored.get().directory();
            StateLayout.requireFits(
                    directory, CheckpointStore.metadata(directory), graph, mayLeaveOut);
        }
    }

    /** Completes when the job is over, whatever its end. */
    CompletableFuture<JobResult> result() {
        return result;
    }

    /** Whether every task of the job runs. */
    boolean allTasksRun() {
        AccessExecutionGraph graph = cluster.getExecutionGraph(id).join();
        if (graph.getState() != JobStatus.RUNNING) {
            return false;
        }
        for (AccessExecutionVertex vertex : graph.getAllExecutionVertices()) {
            if (vertex.getExecutionState() != ExecutionState.RUNNING) {
                return false;
            }
        }
        return true;
    }

    /**
     * Takes a last checkpoint, then cancels the job. Without the checkpoint the next start goes on
     * from the one before, which costs time and loses nothing.
     *
     * @param checkpointMillis how long the checkpoint may take
     * @param cancelMillis how long the cancelled job's tasks may take to end
     * @return the checkpoint's number, or why there is none
     */
    String stop(long checkpointMillis, long cancelMillis) throws InterruptedException {
        String outcome;
        try {
            long checkpoint =
                    cluster.triggerCheckpoint(id, CheckpointType.CONFIGURED)
                            .get(checkpointMillis, TimeUnit.MILLISECONDS);
            outcome = "checkpoint " + checkpoint;
        } catch (TimeoutException e) {
            outcome = "no checkpoint within " + checkpointMillis + " ms";
        } catch (ExecutionException e) {
            outcome = "no checkpoint: " + RootCause.of(e);
        }
        try {
            cluster.cancelJob(id)
                    .thenCombine(result, (ack, end) -> end)
                    .get(cancelMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            outcome += ", the job did not end in time";
        }
        return outcome;
    }
}
