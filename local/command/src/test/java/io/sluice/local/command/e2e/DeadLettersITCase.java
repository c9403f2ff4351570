package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A request that a broken model fails and a record that is no event, from their letters to after
 * they were redriven, by {@code bin/sluice dead-letters}.
 */
@OnSharedSystem
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeadLettersITCase {
    private static final String CANARY = "canary-prompt-83d1";
    private static final String TENANT = "demo-business";
    private static final Duration SOON = Duration.ofSeconds(60);

    private SharedSystem sluice;
    private Path dataDir;
    private Api api;
    private Http bedrock;
    private String requestLetter;
    private String badLetter;
    private String redrivenAs;

    @BeforeAll
    void start(SharedSystem shared) {
        sluice = shared;
        dataDir = shared.dataDir();
        api = new Api(sluice.endpoint("api"), sluice.tenantKeys().get(TENANT));
        bedrock = new Http(sluice.endpoint("bedrock"));
    }

    @Test
    @Order(1)
    void whatFailedAndWhatIsNoEventIsListed() {
        behave(",\"error\":{\"type\":\"ServiceUnavailableException\",\"every\":1}");
        Api.Answer failed = api.ask(Api.question(Api.MODEL, "letters", CANARY));
        assertThat(failed.status()).as(failed.toString()).isBetween(500, 599);
        String requestId = failed.json().at("/request/id").asText();
        try (EventStream stream = new EventStream(sluice.endpoint("kinesis"))) {
            stream.put(TENANT, ("{\"" + CANARY).getBytes(StandardCharsets.UTF_8));
        }

        await().atMost(SOON).untilAsserted(() -> assertThat(list()).hasSize(2));
        for (JsonNode letter : list()) {
            assertThat(letter.path("tenant_id").asText()).isEqualTo(TENANT);
            assertThat(letter.path("status").asText()).isEqualTo("open");
            if (letter.path("reason").asText().equals("exhausted")) {
                requestLetter = letter.path("id").asText();
                assertThat(letter.path("request_id").asText()).isEqualTo(requestId);
                assertThat(letter.path("attempts").asInt()).isPositive();
                assertThat(letter.path("last_error").asText())
                        .isEqualTo("unavailable 503 ServiceUnavailableException");
            } else {
                badLetter = letter.path("id").asText();
                assertThat(letter.path("reason").asText()).isEqualTo("malformed-event");
                assertThat(letter.path("stream").asText()).isEqualTo("sluice-events");
            }
        }
        assertThat(requestLetter).isNotNull();
        assertThat(badLetter).isNotNull();
    }

    @Test
    @Order(2)
    void statusCountsThem() throws Exception {
        SluiceRun status = run("status", "--json");
        List<JsonNode> open = list("--open", "--limit", "1000");
        assertThat(open)
                .extracting(letter -> letter.path("id").asText())
                .contains(requestLetter, badLetter);
        assertThat(status.json().at("/dead_letters/open_last_day").asInt())
                .as(status.toString())
                .isEqualTo(open.size());
    }

    /**
     * The prompt of a request is nowhere but sealed. What is no event was sealed by nobody: its
     * record alone has its text, for whoever asks for it.
     */
    @Test
    @Order(3)
    void nothingAboutALetterTellsThePrompt() throws Exception {
        List<String> ids = List.of(requestLetter, badLetter);
        for (String id : ids) {
            SluiceRun shown = run("dead-letters", "show", id);
            assertThat(shown.status()).as(shown.toString()).isZero();
            assertThat(shown.out()).contains(id, TENANT);
            assertThat(shown.out() + shown.err()).doesNotContain(CANARY);
            JsonNode whole = run("dead-letters", "show", id, "--record", "--json").json();
            assertRecord(id, decoded(whole.path("record")));
        }
        try (EventStream stream = new EventStream(sluice.endpoint("kinesis"))) {
            List<JsonNode> letters =
                    stream.allDeadLetters().stream()
                            .filter(letter -> ids.contains(letter.path("id").asText()))
                            .toList();
            assertThat(letters)
                    .extracting(letter -> letter.path("id").asText())
                    .contains(requestLetter, badLetter);
            for (JsonNode letter : letters) {
                assertRecord(letter.path("id").asText(), decoded(letter.path("raw")));
                assertThat(letter.toString()).doesNotContain(CANARY);
            }
        }
        assertThat(logsWith(CANARY)).isEmpty();
    }

    private void assertRecord(String letter, String record) {
        if (letter.equals(requestLetter)) {
            assertThat(record).contains("sealed:").doesNotContain(CANARY);
        } else {
            assertThat(record).contains(CANARY);
        }
    }

    @Test
    @Order(4)
    void healedAndRedrivenItSucceedsOnce() throws Exception {
        behave("");
        long before = calls();
        SluiceRun first = run("dead-letters", "redrive", requestLetter, "--json");
        assertThat(first.status()).as(first.toString()).isZero();
        redrivenAs = first.json().at("/dead_letters/0/redriven_as").asText();
        await().atMost(SOON)
                .until(
                        () ->
                                api.get("/v1/requests/" + redrivenAs)
                                        .json()
                                        .path("status")
                                        .asText()
                                        .equals("succeeded"));
        SluiceRun second = run("dead-letters", "redrive", requestLetter, "--json");
        assertThat(second.status()).as(second.toString()).isZero();
        assertThat(second.json().at("/dead_letters/0/redriven_as").asText()).isEqualTo(redrivenAs);
        assertThat(second.json().at("/dead_letters/0/repeated").asBoolean()).isTrue();
        // What comes behind it in the tenant's log has been answered: nothing else is to come.
        Api.Answer behind = api.ask(Api.question(Api.MODEL, "letters", "another"));
        assertThat(behind.status()).as(behind.toString()).isEqualTo(200);
        assertThat(calls()).isEqualTo(before + 2);
    }

    @Test
    @Order(5)
    void redrivingAllThatIsOpenTellsWhatStillCannotBeProcessed() throws Exception {
        SluiceRun all = run("dead-letters", "redrive", "--tenant", TENANT, "--json");
        assertThat(all.status()).as(all.toString()).isEqualTo(1);
        assertThat(all.json().path("dead_letters")).hasSize(1);
        JsonNode left = all.json().at("/dead_letters/0");
        assertThat(left.path("id").asText()).isEqualTo(badLetter);
        assertThat(left.path("problem").asText())
                .startsWith("HTTP 422: ")
                .contains("not JSON")
                .doesNotContain(CANARY);
        assertThat(list())
                .extracting(letter -> letter.path("status").asText())
                .containsExactlyInAnyOrder("open", "redriven");
    }

    /** The tenant's; others may have letters, too. */
    private List<JsonNode> list() {
        return list("--tenant", TENANT);
    }

    private List<JsonNode> list(String... options) {
        List<String> words = new ArrayList<>(List.of("dead-letters", "list", "--json"));
        words.addAll(List.of(options));
        try {
            SluiceRun run = run(words.toArray(String[]::new));
            assertThat(run.status()).as(run.toString()).isZero();
            List<JsonNode> letters = new ArrayList<>();
            run.json().path("dead_letters").forEach(letters::add);
            return letters;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private SluiceRun run(String... words) throws IOException, InterruptedException {
        return SluiceRun.of(dataDir, words);
    }

    private void behave(String how) {
        bedrock.put("/_local/behavior", "{\"model\":\"" + Api.MODEL + "\"" + how + "}");
    }

    private long calls() {
        return bedrock.get("/_local/calls").path("calls").asLong();
    }

    private static String decoded(JsonNode base64) {
        return new String(Base64.getDecoder().decode(base64.asText()), StandardCharsets.UTF_8);
    }

    /** Log files that contain a text. */
    private List<Path> logsWith(String text) throws IOException {
        try (Stream<Path> files = Files.walk(dataDir)) {
            return files.filter(file -> file.toString().matches(".*\\.(log|out|err)"))
                    .filter(file -> read(file).contains(text))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
