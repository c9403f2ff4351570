package io.sluice.local.command.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The real {@code bin/sluice up} as a child process on free ports, of what was packaged last. What
 * it prints is in {@code up.out} and {@code up.err} of its data folder.
 */
final class SluiceProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path dataDir;
    private final Process process;

    private SluiceProcess(Path dataDir, Process process) {
        this.dataDir = dataDir;
        this.process = process;
    }

    /** Starts it; further arguments go to {@code up}. */
    static SluiceProcess start(Path dataDir, String... arguments) throws IOException {
        return start(Map.of(), dataDir, arguments);
    }

    /** The same with more environment variables. */
    static SluiceProcess start(Map<String, String> environment, Path dataDir, String... arguments)
            throws IOException {
        Files.createDirectories(dataDir);
        List<String> command =
                new ArrayList<>(
                        List.of(
                                buildRoot().resolve("bin").resolve("sluice").toString(),
                                "up",
                                "--port",
                                "0",
                                "--data-dir",
                                dataDir.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        dataDir.resolve("up.out").toFile()))
                        .redirectError(
                                ProcessBuilder.Redirect.appendTo(
                                        dataDir.resolve("up.err").toFile()));
        builder.environment().putAll(environment);
        builder.environment().put("SLUICE_NO_BUILD", "1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return new SluiceProcess(dataDir, builder.start());
    }

    /** Waits until it says that it is ready; fails with its own words when it ends before. */
    SluiceProcess awaitReady(Duration atMost) {
        await().atMost(atMost)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> isReady() || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("sluice up ended before it was ready:\n" + errors());
        }
        return this;
    }

    /** The base address of a part, such as {@code api} or {@code kinesis}. */
    String endpoint(String name) {
        return endpoints().path(name).asText();
    }

    /** What endpoints.json says. */
    JsonNode endpoints() {
        return read("endpoints.json");
    }

    /** What keys.json says. */
    JsonNode keys() {
        return read("keys.json");
    }

    String adminKey() {
        return keys().path("admin").asText();
    }

    /** The demo tenants' keys, by tenant id. */
    Map<String, String> tenantKeys() {
        Map<String, String> keys = new TreeMap<>();
        keys().path("tenants")
                .properties()
                .forEach(field -> keys.put(field.getKey(), field.getValue().asText()));
        return keys;
    }

    /** Process ids by part; the supervisor's is {@code supervisor}. */
    Map<String, Long> pids() {
        JsonNode run = read("run.json");
        Map<String, Long> pids = new TreeMap<>();
        pids.put("supervisor", run.path("supervisor").path("pid").asLong());
        run.path("children")
                .properties()
                .forEach(field -> pids.put(field.getKey(), field.getValue().path("pid").asLong()));
        return pids;
    }

    /** The files that a part has in its memory, one a line; from Linux. */
    String mappedBy(String part) throws IOException {
        return Files.readString(Path.of("/proc", pids().get(part).toString(), "maps"));
    }

    /** What it printed to standard error so far. */
    String errors() {
        try {
            return Files.readString(dataDir.resolve("up.err"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it as {@code sluice stop} and Ctrl-C do; its exit status. */
    int stop() throws InterruptedException {
        process.destroy();
        return awaitExit();
    }

    /** Waits until it ends by itself; its exit status. */
    int awaitExit() throws InterruptedException {
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            throw new AssertionError("sluice up still runs after 90 s:\n" + errors());
        }
        return process.exitValue();
    }

    /** SIGKILL to every process of it, the supervisor first so that nothing is started again. */
    void killEverything() {
        // The children are found before the supervisor dies: then they are no longer below it.
        List<ProcessHandle> all =
                Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().join());
    }

    /** SIGKILL to one part, by its name in run.json. */
    void kill(String part) {
        ProcessHandle.of(pids().get(part)).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        killEverything();
    }

    private boolean isReady() {
        if (!Files.exists(dataDir.resolve("run.json"))) {
            return false;
        }
        JsonNode run = read("run.json");
        return run.path("supervisor").path("pid").asLong() == process.pid()
                && run.path("state").asText().equals("ready");
    }

    private JsonNode read(String file) {
        try {
            return JSON.readTree(dataDir.resolve(file).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The root of the build that these tests belong to. */
    static Path buildRoot() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = directory.getParent();
        }
        return directory;
    }
}
