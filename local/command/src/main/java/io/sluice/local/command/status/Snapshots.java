package io.sluice.local.command.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Savepoints and checkpoints that are taken because a person wants them. */
public final class Snapshots {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long POLL_MILLIS = 100;

    private final FlinkRest flink;

    public Snapshots(FlinkRest flink) {
        this.flink = flink;
    }

    /**
     * Takes a savepoint.
     *
     * @param target the directory it goes below; null for the job's own
     * @param stop whether the job ends with it: nothing is processed after it
     * @return its directory
     * @throws IOException when it fails, with Flink's reason
     */
    public Path savepoint(String jobId, @Nullable Path target, boolean stop)
            throws IOException, InterruptedException {
        ObjectNode body = Json.object().put("formatType", "CANONICAL");
        if (target != null) {
            body.put(stop ? "targetDirectory" : "target-directory", flinkPath(target));
        }
        body.put(stop ? "drain" : "cancel-job", false);
        String id = flink.trigger("/jobs/" + jobId + (stop ? "/stop" : "/savepoints"), body);
        JsonNode done = await("/jobs/" + jobId + "/savepoints/" + id, "the savepoint");
        return Path.of(done.path("location").asText().replaceFirst("^file:/+", "/"));
    }

    /** Takes a checkpoint beside the regular ones; its number. */
    public long checkpoint(String jobId) throws IOException, InterruptedException {
        ObjectNode body = Json.object().put("checkpointType", "CONFIGURED");
        String id = flink.trigger("/jobs/" + jobId + "/checkpoints", body);
        return await("/jobs/" + jobId + "/checkpoints/" + id, "the checkpoint")
                .path("checkpointId")
                .asLong();
    }

    private JsonNode await(String path, String what) throws IOException, InterruptedException {
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadlineNanos) {
            JsonNode answer = flink.get(path);
            if (answer.path("status").path("id").asText().equals("COMPLETED")) {
                JsonNode operation = answer.path("operation");
                if (operation.has("failure-cause")) {
                    throw new IOException(what + " failed: " + reason(operation));
                }
                return operation;
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new IOException(what + " is not complete after " + PATIENCE.toMinutes() + " min");
    }

    /** The deepest cause's first line; Flink answers with a whole stack trace. */
    private static String reason(JsonNode operation) {
        String trace = operation.path("failure-cause").path("stack-trace").asText();
        String cause = trace.lines().findFirst().orElse("unknown");
        for (String line : trace.lines().toList()) {
            if (line.startsWith("Caused by: ")) {
                cause = line.substring("Caused by: ".length());
            }
        }
        return cause;
    }

    /** With spaces as they are: Flink takes no others. */
    private static String flinkPath(Path path) {
        return "file://" + path.toAbsolutePath().normalize();
    }
}
