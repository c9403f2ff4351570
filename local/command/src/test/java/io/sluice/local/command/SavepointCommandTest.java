package io.sluice.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.local.command.data.DataFolder;
import io.sluice.local.command.data.RunState;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line of savepoints against a Flink that says what it is told. */
class SavepointCommandTest {
    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path savepoint;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        savepoint = Files.createDirectories(folder.resolve("savepoint-1"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        String endpoints =
                "{\"api\":\"@\",\"dashboard\":\"@\",\"flink\":\"@\",\"kinesis\":\"@\","
                        + "\"dynamodb\":\"@\",\"cloudwatch\":\"@\",\"bedrock\":\"@\"}";
        Files.writeString(folder.resolve("endpoints.json"), endpoints.replace("@", base));
        // This process cannot be stopped from within itself: stopping the system fails.
        new RunState("ready", RunState.RunningProcess.ofThis(), Map.of(), Duration.ZERO)
                .write(DataFolder.at(folder));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void directoryIsPrintedThoughTheSystemDoesNotStop() {
        assertThat(run("--stop")).isEqualTo(1);
        assertThat(out.toString()).isEqualTo(savepoint + "\n");
    }

    @Test
    void savepointKnowsWhenItWasCompleted() throws IOException {
        Instant before = Instant.now();
        assertThat(run()).as(err.toString()).isZero();
        Instant noted = Instant.parse(Files.readString(savepoint.resolve("completed-at")).strip());
        assertThat(noted).isBetween(before, Instant.now());
    }

    private int run(String... words) {
        CommandLine line = SluiceCommand.line();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        String[] all = new String[words.length + 3];
        all[0] = "savepoint";
        all[1] = "--data-dir";
        all[2] = folder.toString();
        System.arraycopy(words, 0, all, 3, words.length);
        return line.execute(all);
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean asks = exchange.getRequestMethod().equals("GET");
        String path = exchange.getRequestURI().getPath();
        String answer =
                path.equals("/jobs/overview")
                        ? "{\"jobs\":[{\"jid\":\"j1\",\"state\":\"RUNNING\",\"start-time\":1}]}"
                        : asks
                                ? "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{\"location\":\"file:"
                                        + savepoint
                                        + "\"}}"
                                : "{\"request-id\":\"t1\"}";
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(asks ? 200 : 202, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
