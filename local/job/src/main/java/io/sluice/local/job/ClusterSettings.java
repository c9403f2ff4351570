package io.sluice.local.job;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/** Flink's settings: config.yaml, then what only this run knows, then the command line's. */
final class ClusterSettings {
    static final String EXECUTOR = "sluice-embedded";

    private ClusterSettings() {}

    /** The settings of cluster and job. */
    static Configuration of(JobOptions options) {
        Configuration run = new Configuration();
        run.set(RestOptions.PORT, options.restPort);
        run.set(RestOptions.BIND_PORT, Integer.toString(options.restPort));
        run.set(CoreOptions.DEFAULT_PARALLELISM, options.parallelism);
        run.set(TaskManagerOptions.NUM_TASK_SLOTS, options.parallelism);
        run.set(CoreOptions.TMP_DIRS, options.scratch().toString());
        run.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, FlinkPath.of(options.checkpoints()));
        run.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, FlinkPath.of(options.savepoints()));
        run.set(DeploymentOptions.TARGET, EXECUTOR);
        run.set(DeploymentOptions.ATTACHED, false);
        run.addAll(Configuration.fromMap(options.settings));
        return GlobalConfiguration.loadConfiguration(options.confDir.toString(), run);
    }
}
