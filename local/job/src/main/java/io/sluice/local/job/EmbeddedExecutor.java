package io.sluice.local.job;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.dag.Pipeline;
import org.apache.flink.client.deployment.ClusterClientJobClientAdapter;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.client.program.MiniClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.jspecify.annotations.Nullable;

/**
 * Takes what an application executes to the embedded cluster. It is the only executor there is and
 * remembers the job that was submitted last.
 */
final class EmbeddedExecutor
        implements PipelineExecutorServiceLoader, PipelineExecutorFactory, PipelineExecutor {
    private final MiniCluster cluster;
    private final Check check;
    private final AtomicReference<@Nullable JobID> submitted = new AtomicReference<>();

    /** What is looked at before a job is submitted. */
    interface Check {
        void accept(JobGraph graph) throws Exception;
    }

    /**
     * @param check refuses a job by throwing
     */
    EmbeddedExecutor(MiniCluster cluster, Check check) {
        this.cluster = cluster;
        this.check = check;
    }

    /** The job the application submitted, or null when it submitted none. */
    @Nullable JobID submitted() {
        return submitted.get();
    }

    @Override
    public CompletableFuture<JobClient> execute(
            Pipeline pipeline, Configuration configuration, ClassLoader userClasses)
            throws Exception {
        JobGraph graph = PipelineExecutorUtils.getJobGraph(pipeline, configuration, userClasses);
        check.accept(graph);
        return cluster.submitJob(graph)
                .thenApply(
                        result -> {
                            submitted.set(result.getJobID());
                            return new ClusterClientJobClientAdapter<>(
                                    () -> new MiniClusterClient(configuration, cluster),
                                    result.getJobID(),
                                    userClasses);
                        });
    }

    @Override
    public PipelineExecutor getExecutor(Configuration configuration) {
        return this;
    }

    @Override
    public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
        return this;
    }

    @Override
    public Stream<String> getExecutorNames() {
        return Stream.of(getName());
    }

    @Override
    public String getName() {
        return ClusterSettings.EXECUTOR;
    }

    @Override
    public boolean isCompatibleWith(Configuration configuration) {
        return getName().equals(configuration.get(DeploymentOptions.TARGET));
    }
}
