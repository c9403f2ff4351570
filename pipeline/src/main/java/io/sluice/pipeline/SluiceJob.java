package io.sluice.pipeline;

import io.sluice.pipeline.config.ApplicationProperties;
import io.sluice.pipeline.config.JobSettings;
import io.sluice.pipeline.topology.AwsEnds;
import io.sluice.pipeline.topology.SluiceTopology;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job's entry point: the same class on the managed service and on one machine. */
public final class SluiceJob {
    private SluiceJob() {}

    /**
     * Wires and submits the job.
     *
     * @param args nothing, or the path of an application_properties.json
     */
    public static void main(String[] args) throws Exception {
        JobSettings settings = ApplicationProperties.settings(args);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        SluiceTopology.build(env, new AwsEnds(settings), settings);
        env.execute("sluice");
    }
}
