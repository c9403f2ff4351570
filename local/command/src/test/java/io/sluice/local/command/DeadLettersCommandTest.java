package io.sluice.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.contract.json.Json;
import io.sluice.local.command.data.DataFolder;
import io.sluice.local.command.data.Keys;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line of dead letters against an API that says what it is told. */
class DeadLettersCommandTest {
    private static final String PATH = "/v1/admin/dead-letters";
    private static final String A = "dl_01" + "A".repeat(24);
    private static final String B = "dl_01" + "B".repeat(24);

    /** The connection ends instead of an answer. */
    private static final String CUT = "cut";

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> asked = new ArrayList<>();
    private final Map<String, String> answers = new HashMap<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        new Keys("the-admin-key", Map.of()).write(DataFolder.at(folder));
        String endpoints =
                "{\"api\":\"@\",\"dashboard\":\"@\",\"flink\":\"@\",\"kinesis\":\"@\","
                        + "\"dynamodb\":\"@\",\"cloudwatch\":\"@\",\"bedrock\":\"@\"}";
        Files.writeString(folder.resolve("endpoints.json"), endpoints.replace("@", base));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void listFollowsTheCursorUpToItsLimit() {
        answers.put(PATH + "?limit=100&reason=exhausted", page(100, "c1"));
        answers.put(PATH + "?limit=50&reason=exhausted&cursor=c1", page(50, "c2"));
        int status = run("list", "--limit", "150", "--reason", "exhausted", "--json");
        assertThat(status).as(err.toString()).isZero();
        assertThat(Json.parse(out.toString()).path("dead_letters")).hasSize(150);
        assertThat(asked).hasSize(2);
    }

    @Test
    void tableHasARowForEachLetterAndNothingThatSteersATerminal() {
        answers.put(
                PATH + "?limit=20&status=open",
                "{\"dead_letters\":[{\"id\":\""
                        + A
                        + "\",\"died_at\":\"t\",\"tenant_id\":\"acme\",\"reason\":\"exhausted\","
                        + "\"attempts\":3,\"last_error\":null,\"status\":\"open\\u001b[31m\"}],"
                        + "\"next_cursor\":null}");
        assertThat(run("list", "--open")).as(err.toString()).isZero();
        assertThat(out.toString()).contains(A, "acme", "exhausted").doesNotContain("\u001b");
        assertThat(out.toString().lines()).hasSize(2);
    }

    @Test
    void allOpenLettersThatAreMeantAreRedrivenAndOneFailureIsAFinding() {
        answers.put(
                PATH + "?limit=100&status=open&tenant=acme",
                "{\"dead_letters\":[{\"id\":\"" + A + "\"},{\"id\":\"" + B + "\"}]}");
        answers.put(PATH + "/" + A + "/redrive", "{\"redriven_as\":\"req_1\",\"repeated\":false}");
        answers.put(PATH + "/" + B + "/redrive", "422{\"detail\":\"not JSON\"}");
        assertThat(run("redrive", "--tenant", "acme", "--json")).isEqualTo(1);
        JsonNode report = Json.parse(out.toString());
        assertThat(report.path("redriven").asInt()).isEqualTo(1);
        assertThat(report.path("failed").asInt()).isEqualTo(1);
        assertThat(report.at("/dead_letters/0/redriven_as").asText()).isEqualTo("req_1");
        assertThat(report.at("/dead_letters/1/problem").asText()).isEqualTo("HTTP 422: not JSON");
        assertThat(err.toString())
                .contains("1 of 2: " + A, "2 of 2: " + B)
                .contains("1 of 2 letters could not be redriven", "dead-letters redrive " + B);
    }

    @Test
    void whenTheApiIsGoneTheRestIsNamedAndNotTried() {
        answers.put(PATH + "/" + A + "/redrive", CUT);
        assertThat(run("redrive", A, B, "--json")).isEqualTo(1);
        JsonNode report = Json.parse(out.toString());
        assertThat(report.path("redriven").asInt()).isZero();
        assertThat(report.at("/dead_letters/0/problem").asText()).contains("does not answer");
        assertThat(report.at("/dead_letters/1/problem").asText()).isEqualTo("not tried");
        assertThat(asked).doesNotContain(PATH + "/" + B + "/redrive");
        assertThat(err.toString()).contains("dead-letters redrive " + A + " " + B);
    }

    @Test
    void lettersAreRedrivenByIdOnceEach() {
        answers.put(PATH + "/" + A + "/redrive", "{\"redriven_as\":\"req_1\",\"repeated\":true}");
        assertThat(run("redrive", A, A)).as(err.toString()).isZero();
        assertThat(asked).containsExactly(PATH + "/" + A + "/redrive");
        assertThat(out.toString()).contains(A, "req_1", "was redriven before");
    }

    @Test
    void letterIsShownFieldByField() {
        answers.put(PATH + "/" + A, "{\"id\":\"" + A + "\",\"last_error\":null,\"died_at\":\"t\"}");
        assertThat(run("show", A)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("died at").doesNotContain("last error");
        answers.put(PATH + "/" + A + "?record=true", "{\"record\":\"AA==\"}");
        assertThat(run("show", A, "--record", "--json")).isZero();
        assertThat(out.toString()).endsWith("{\"record\":\"AA==\"}\n");
    }

    @Test
    void wrongUseExitsWithTwoAndAsksNothing() {
        List<List<String>> wrong =
                List.of(
                        List.of(),
                        List.of("redrive"),
                        List.of("redrive", A, "--tenant", "acme"),
                        List.of("redrive", "req_1"),
                        List.of("show"),
                        List.of("show", "../tenants"),
                        List.of("list", "--limit", "0"),
                        List.of("list", "--nope"),
                        List.of("forget"));
        for (List<String> words : wrong) {
            assertThat(run(words.toArray(new String[0]))).as(words.toString()).isEqualTo(2);
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void failureOfTheApiIsAFindingWithItsOwnWords() {
        answers.put(PATH + "/" + A, "404{\"detail\":\"There is no dead letter of this id.\"}");
        assertThat(run("show", A)).isEqualTo(1);
        assertThat(err.toString()).contains("HTTP 404: There is no dead letter of this id.");
        assertThat(out.toString()).isEmpty();
    }

    private int run(String... words) {
        CommandLine line = SluiceCommand.line();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of("dead-letters"));
        all.addAll(Arrays.asList(words));
        if (words.length > 0) {
            all.addAll(List.of("--data-dir", folder.toString()));
        }
        return line.execute(all.toArray(new String[0]));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        asked.add(path);
        boolean admin =
                "Bearer the-admin-key"
                        .equals(exchange.getRequestHeaders().getFirst("Authorization"));
        String answer = admin ? answers.getOrDefault(path, "500{}") : "401{}";
        if (answer.equals(CUT)) {
            exchange.close();
            return;
        }
        int status = answer.startsWith("{") ? 200 : Integer.parseInt(answer.substring(0, 3));
        byte[] body = answer.substring(answer.indexOf('{')).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String page(int letters, String cursor) {
        String letter = "{\"id\":\"" + A + "\"}";
        return "{\"dead_letters\":["
                + String.join(",", Collections.nCopies(letters, letter))
                + "],\"next_cursor\":\""
                + cursor
                + "\"}";
    }
}
