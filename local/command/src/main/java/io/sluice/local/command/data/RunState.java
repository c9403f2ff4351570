package io.sluice.local.command.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which processes belong to a system, as {@code run.json} has it: {@code
 * {"state","supervisor":{"pid","started_at_millis","restarts"},"children":{"aws":{…},…},
 * "stop_patience_seconds"}}.
 *
 * @param state {@code starting}, {@code ready}, {@code stopping} or {@code stopped}
 * @param stopPatience how long a clean stop may take, one child after the other; whole seconds
 */
public record RunState(
        String state,
        RunningProcess supervisor,
        Map<String, RunningProcess> children,
        Duration stopPatience) {
    /** Of a run that says nothing, because an earlier version started it. */
    private static final Duration UNTOLD = Duration.ofSeconds(72);

    public RunState {
        children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
    }

    /**
     * A process.
     *
     * @param startedAtMillis when it started as the system tells it: the number alone may belong to
     *     another process later; 0 when the system does not tell
     * @param restarts how often it was restarted in this run
     */
    public record RunningProcess(long pid, long startedAtMillis, int restarts) {
        // The system derives it from its boot time, which moves when its clock is set.
        private static final long START_TOLERANCE_MILLIS = 2_000;

        /** The process that asks. */
        public static RunningProcess ofThis() {
            ProcessHandle process = ProcessHandle.current();
            return new RunningProcess(process.pid(), startOf(process), 0);
        }

        /** The live process; empty when it ended, even if its number is taken again. */
        public Optional<ProcessHandle> alive() {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(
                            process ->
                                    Math.abs(startOf(process) - startedAtMillis)
                                            < START_TOLERANCE_MILLIS);
        }

        private static long startOf(ProcessHandle process) {
            return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        }

        private ObjectNode json() {
            return Json.object()
                    .put("pid", pid)
                    .put("started_at_millis", startedAtMillis)
                    .put("restarts", restarts);
        }

        private static RunningProcess of(JsonNode node) {
            return new RunningProcess(
                    node.path("pid").asLong(),
                    node.path("started_at_millis").asLong(),
                    node.path("restarts").asInt());
        }
    }

    public void write(DataFolder folder) throws IOException {
        ObjectNode node = Json.object().put("state", state);
        node.set("supervisor", supervisor.json());
        ObjectNode all = node.putObject("children");
        children.forEach((name, child) -> all.set(name, child.json()));
        node.put("stop_patience_seconds", stopPatience.toSeconds());
        JsonFile.write(folder.run(), node);
    }

    /** What the last start wrote; empty before the first. */
    public static Optional<RunState> read(DataFolder folder) throws IOException {
        return JsonFile.read(folder.run())
                .map(
                        node -> {
                            Map<String, RunningProcess> children = new LinkedHashMap<>();
                            node.path("children")
                                    .properties()
                                    .forEach(
                                            field ->
                                                    children.put(
                                                            field.getKey(),
                                                            RunningProcess.of(field.getValue())));
                            return new RunState(
                                    node.path("state").asText(),
                                    RunningProcess.of(node.path("supervisor")),
                                    children,
                                    Duration.ofSeconds(
                                            node.path("stop_patience_seconds")
                                                    .asLong(UNTOLD.toSeconds())));
                        });
    }
}
