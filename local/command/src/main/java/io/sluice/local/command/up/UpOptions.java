package io.sluice.local.command.up;

import io.sluice.local.command.data.DataFolder;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a start was asked for.
 *
 * @param port of the API; 0 for the last one or any free
 * @param flinkPort of Flink's web UI; 0 for the last one or any free
 * @param externalAws whether AWS is used as the SDK's standard settings say, nothing embedded
 * @param parallelism of the job
 * @param acceptGap whether the job may go on from a checkpoint older than the stream's retention
 * @param fromSavepoint what the job goes on from; null for the newest checkpoint
 * @param policy the policy file; null for the shipped policy
 * @param mirror where the job mirrors usage and results, a JDBC URL without password; null for what
 *     the environment says, if anything
 * @param flinkSettings Flink settings that go before config.yaml's
 */
public record UpOptions(
        DataFolder folder,
        int port,
        int flinkPort,
        boolean externalAws,
        int parallelism,
        boolean acceptGap,
        @Nullable Path fromSavepoint,
        @Nullable Path policy,
        @Nullable String mirror,
        Map<String, String> flinkSettings) {
    public UpOptions {
        flinkSettings = Map.copyOf(flinkSettings);
    }
}
