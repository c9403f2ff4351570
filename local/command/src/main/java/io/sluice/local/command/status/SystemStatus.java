package io.sluice.local.command.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.local.command.FindingException;
import io.sluice.local.command.api.SluiceApi;
import io.sluice.local.command.data.Endpoints;
import io.sluice.local.command.data.RunState;
import io.sluice.local.command.data.RunState.RunningProcess;
import io.sluice.local.command.letters.LetterApi;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.Optional;

/**
 * What runs of a system, as one JSON object: {@code state}, {@code processes} by name, {@code job},
 * {@code lag_ms} by stream, {@code breakers} by region and model, {@code last_checkpoint}, {@code
 * newest_digest} and {@code dead_letters}; what cannot be learned is absent.
 */
public final class SystemStatus {
    private final RunState run;
    private final Endpoints endpoints;
    private final String adminKey;
    private final long nowMillis;

    public SystemStatus(RunState run, Endpoints endpoints, String adminKey, long nowMillis) {
        this.adminKey = adminKey;
        this.run = run;
        this.endpoints = endpoints;
        this.nowMillis = nowMillis;
    }

    /** Whether the system is up: ready, and all of its processes alive. */
    public boolean up() {
        return run.state().equals("ready")
                && run.supervisor().alive().isPresent()
                && run.children().values().stream().allMatch(child -> child.alive().isPresent());
    }

    /** Asks the processes and Flink. */
    public ObjectNode read(HttpClient http) throws InterruptedException {
        boolean supervised = run.supervisor().alive().isPresent();
        ObjectNode status = Json.object().put("state", supervised ? run.state() : "down");
        ObjectNode processes = status.putObject("processes");
        processes.set("supervisor", process(run.supervisor()));
        for (Map.Entry<String, RunningProcess> child : run.children().entrySet()) {
            processes.set(child.getKey(), process(child.getValue()));
        }
        if (supervised) {
            try {
                addJob(status, new FlinkRest(http, endpoints.flink()));
            } catch (IOException e) {
                status.put("job_unknown", String.valueOf(e.getMessage()));
            }
            addLetters(status, http);
        }
        return status;
    }

    private ObjectNode process(RunningProcess process) {
        boolean alive = process.alive().isPresent();
        ObjectNode node =
                Json.object()
                        .put("pid", process.pid())
                        .put("alive", alive)
                        .put("restarts", process.restarts());
        return alive ? node.put("uptime_ms", nowMillis - process.startedAtMillis()) : node;
    }

    private void addLetters(ObjectNode status, HttpClient http) throws InterruptedException {
        try {
            JsonNode counts =
                    new LetterApi(new SluiceApi(http, endpoints.api(), adminKey)).counts();
            status.putObject("dead_letters")
                    .put("open_last_day", counts.path("open").asLong())
                    .put("complete", counts.path("complete").asBoolean());
        } catch (IOException | FindingException e) {
            status.put("dead_letters_unknown", String.valueOf(e.getMessage()));
        }
    }

    private static String breakerState(long state) {
        return state == 0 ? "closed" : state == 1 ? "half-open" : "open";
    }

    private void addJob(ObjectNode status, FlinkRest flink)
            throws IOException, InterruptedException {
        Optional<JsonNode> job = flink.job();
        if (job.isEmpty()) {
            return;
        }
        String id = job.get().path("jid").asText();
        status.putObject("job").put("id", id).put("state", job.get().path("state").asText());
        ObjectNode lag = status.putObject("lag_ms");
        flink.millisBehindLatest(id).forEach(lag::put);
        ObjectNode breakers = status.putObject("breakers");
        flink.breakers(id).forEach((target, state) -> breakers.put(target, breakerState(state)));
        Map<String, Long> digest = flink.newestDigest(id);
        if (digest.getOrDefault("newestDigest", 0L) > 0) {
            status.putObject("newest_digest")
                    .put("number", digest.get("newestDigest"))
                    .put("age_ms", nowMillis - digest.getOrDefault("newestDigestMillis", 0L));
        }
        JsonNode checkpoints = flink.checkpoints(id);
        JsonNode last = checkpoints.path("latest").path("completed");
        if (last.isObject()) {
            status.putObject("last_checkpoint")
                    .put("id", last.path("id").asLong())
                    .put("age_ms", nowMillis - last.path("latest_ack_timestamp").asLong())
                    .put("duration_ms", last.path("end_to_end_duration").asLong())
                    .put("state_bytes", last.path("state_size").asLong())
                    .put("failed_since_start", checkpoints.path("counts").path("failed").asLong());
        }
    }
}
