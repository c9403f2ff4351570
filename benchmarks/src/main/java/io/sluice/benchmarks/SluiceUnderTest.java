package io.sluice.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A real {@code bin/sluice up}, started as a child process on free ports over a data folder, and
 * seen from outside only. Stopped as Ctrl-C would.
 */
final class SluiceUnderTest implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final Duration STOPPED_WITHIN = Duration.ofMinutes(1);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final Path log;
    private final JsonNode endpoints;
    private final String adminKey;
    private final double readySeconds;

    private SluiceUnderTest(Path root, Path dataDir) throws IOException {
        Files.createDirectories(dataDir);
        Path endpointsFile = dataDir.resolve("endpoints.json");
        int port = freePort();
        log = dataDir.resolveSibling(dataDir.getFileName() + ".log");
        Path table = dataDir.resolveSibling(dataDir.getFileName() + ".out");
        long begin = System.nanoTime();
        ProcessBuilder up =
                new ProcessBuilder(
                                root.resolve("bin/sluice").toString(),
                                "up",
                                "--port",
                                Integer.toString(port),
                                "--data-dir",
                                dataDir.toString())
                        .redirectOutput(table.toFile())
                        .redirectError(log.toFile());
        up.environment().put("SLUICE_NO_BUILD", "1"); // benchmarks/run has built it.
        process = up.start();
        // A suite that is interrupted leaves nothing running.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        process.getOutputStream().close();
        awaitTable(table, ":" + port);
        readySeconds = (System.nanoTime() - begin) / 1e9;
        endpoints = MAPPER.readTree(endpointsFile.toFile());
        adminKey = MAPPER.readTree(dataDir.resolve("keys.json").toFile()).path("admin").asText();
    }

    /** Starts it and waits for the table that says it is ready. */
    static SluiceUnderTest start(Path root, Path dataDir) throws IOException {
        return new SluiceUnderTest(root, dataDir);
    }

    /** From the start of the command to its table, seconds. */
    double readySeconds() {
        return readySeconds;
    }

    /** The administrator's key. */
    String adminKey() {
        return adminKey;
    }

    /** Base address of a part, as in {@code endpoints.json}. */
    String endpoint(String name) {
        String address = endpoints.path(name).asText();
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    /** The supervisor; all other processes of the system descend from it. */
    ProcessHandle process() {
        return process.toHandle();
    }

    /** Creates enterprise tenants whose limits no load of this suite reaches. */
    List<LoadGenerator.Tenant> createTenants(int count) throws IOException, InterruptedException {
        String run = Long.toString(System.currentTimeMillis(), 36);
        List<LoadGenerator.Tenant> tenants = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = "bench-" + run + "-" + i;
            JsonNode created =
                    send(
                            "POST",
                            endpoint("api") + "/v1/admin/tenants",
                            "{\"tenant_id\":\""
                                    + id
                                    + "\",\"tier\":\"enterprise\",\"overrides\":{\"requests_per_minute\":1000000}}");
            tenants.add(new LoadGenerator.Tenant(id, created.path("api_key").asText()));
        }
        return tenants;
    }

    /** Lets every model answer after that time. */
    void modelLatency(int millis) throws IOException, InterruptedException {
        modelLatency("*", millis);
    }

    /** Lets a model answer after that time. */
    void modelLatency(String model, int millis) throws IOException, InterruptedException {
        send(
                "PUT",
                endpoint("bedrock") + "/_local/behavior",
                "{\"model\":\"" + model + "\",\"latency_ms\":" + millis + "}");
    }

    /** Lets a model take so many calls a minute, and after idling at most five seconds' worth. */
    void modelQuota(String model, long requestsPerMinute) throws IOException, InterruptedException {
        send(
                "PUT",
                endpoint("bedrock") + "/_local/quota",
                "{\"model\":\""
                        + model
                        + "\",\"burst_seconds\":5,\"requests_per_minute\":"
                        + requestsPerMinute
                        + "}");
    }

    /** Lets all models take whatever comes. */
    void noQuotas() throws IOException, InterruptedException {
        send("DELETE", endpoint("bedrock") + "/_local/quota", "");
    }

    /** Calls that a model has taken since the start. */
    long calls(String model) throws IOException, InterruptedException {
        return counted("by_model", model);
    }

    /** Calls that a model has refused since the start. */
    long throttled(String model) throws IOException, InterruptedException {
        return counted("throttled_by_model", model);
    }

    private long counted(String what, String model) throws IOException, InterruptedException {
        return send("GET", endpoint("bedrock") + "/_local/calls", "")
                .path(what)
                .path(model)
                .asLong();
    }

    /** The embedded Bedrock's own count of calls. */
    JsonNode modelCalls() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(endpoint("bedrock") + "/_local/calls")).build();
        return MAPPER.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    /** Asks once and waits for the answer; how long that took. */
    double secondsToAnswer(LoadGenerator.Tenant tenant, String question)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(URI.create(endpoint("api") + "/v1/requests"))
                                .header("Content-Type", "application/json")
                                .header("Authorization", "Bearer " + tenant.key())
                                .header("Prefer", "wait=60")
                                .POST(HttpRequest.BodyPublishers.ofString(question))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("no answer: " + answer.statusCode() + " " + answer.body());
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    /** SIGKILL to every process of it, the supervisor first so that nothing is started again. */
    void kill() {
        List<ProcessHandle> all = new ArrayList<>(List.of(process.toHandle()));
        all.addAll(process.descendants().toList());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(gone -> gone.onExit().join());
    }

    private JsonNode send(String method, String address, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(URI.create(address))
                                .timeout(Duration.ofSeconds(20))
                                .header("Content-Type", "application/json")
                                .header("Authorization", "Bearer " + adminKey)
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(address + ": " + answer.statusCode() + " " + answer.body());
        }
        return MAPPER.readTree(answer.body());
    }

    private void awaitTable(Path table, String port) throws IOException {
        long giveUp = System.nanoTime() + READY_WITHIN.toNanos();
        while (!Files.readString(table).contains(port)) {
            if (!process.isAlive() || System.nanoTime() > giveUp) {
                stop();
                throw new IOException(
                        "bin/sluice up "
                                + (process.isAlive() ? "did not get ready" : "ended")
                                + "; its output is in "
                                + log);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void stop() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        process.destroy();
        try {
            if (!process.waitFor(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("bin/sluice up did not stop within " + STOPPED_WITHIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        stop();
    }
}
