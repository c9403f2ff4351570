package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No prompt, answer or secret lies readable in any file that a system keeps: texts are planted in
 * every field that takes one, on every way that a payload goes, and then looked for.
 */
class CanaryITCase {
    /** All planted texts begin so. */
    private static final String CANARY = "CANARY7Q-";

    private static final String BROKEN_MODEL = "meta.llama3-1-8b-instruct-v1:0";

    @TempDir Path dataDir;

    private final Canaries canaries = new Canaries();

    /** Keys stand in keys.json, and {@code up} tells them once on its standard output. */
    private final Canaries secrets = new Canaries();

    @Test
    void nothingReadableIsLeftInAnyFile() throws Exception {
        canaries.add("a planted text", CANARY);
        try (SluiceProcess sluice = SluiceProcess.start(dataDir)) {
            sluice.awaitReady(Duration.ofMinutes(2));
            secrets.add("the administrator's key", sluice.adminKey());
            sluice.tenantKeys().forEach((tenant, key) -> secrets.add("a key of " + tenant, key));
            Plant plant = new Plant(sluice);
            plant.everywhere();
            SluiceRun taken = SluiceRun.of(dataDir, "savepoint");
            assertThat(taken.status()).as(taken.err()).isZero();
            assertNothing("while it runs");
            assertThat(sluice.stop()).isZero();
        }
        assertNothing("when it has stopped");
    }

    private void assertNothing(String when) throws Exception {
        assertThat(canaries.in(dataDir)).as(when).isEmpty();
        assertThat(secrets.in(dataDir, "keys.json", "up.out")).as(when).isEmpty();
    }

    /** The same search finds them in all places when nothing is sealed, so it can find them. */
    @Test
    void withoutKeysTheSearchFindsThem() throws Exception {
        canaries.add("a planted text", CANARY);
        try (SluiceProcess sluice = SluiceProcess.start(Map.of("SLUICE_KEYS", "none"), dataDir)) {
            sluice.awaitReady(Duration.ofMinutes(2));
            Plant plant = new Plant(sluice);
            plant.everywhere();
            assertThat(sluice.stop()).isZero();
        }
        List<String> found = canaries.in(dataDir);
        assertThat(found).anyMatch(f -> f.contains(": aws/"));
        assertThat(found).anyMatch(f -> f.contains(": dynamodb/"));
        assertThat(found).anyMatch(f -> f.contains(": job/"));
        assertThat(found).anyMatch(f -> f.contains(": objects/"));
        assertThat(found).noneMatch(f -> f.contains(": logs/"));
        assertThat(found).as("no text is ever archived").noneMatch(f -> f.contains(": audit/"));
        Canaries archived = new Canaries();
        archived.add("a word of records' bodies", "\"engine\":\"1\"");
        assertThat(archived.in(dataDir.resolve("audit"))).isNotEmpty();
    }

    /** Plants texts and waits until they have gone all their ways. */
    private final class Plant {
        private final SluiceProcess sluice;
        private final Api api;
        private final Http bedrock;

        Plant(SluiceProcess sluice) {
            this.sluice = sluice;
            this.api = new Api(sluice.endpoint("api"), sluice.tenantKeys().get("demo-enterprise"));
            this.bedrock = new Http(sluice.endpoint("bedrock"));
        }

        void everywhere() {
            everyField();
            cached();
            conversation();
            large();
            deadLetter();
            batch();
            refused();
        }

        private void everyField() {
            JsonNode item =
                    asked(
                            "{\"model\":\""
                                    + Api.MODEL
                                    + "\",\"max_tokens\":200,\"system\":\"CANARY7Q-system\","
                                    + "\"messages\":[{\"role\":\"user\",\"content\":["
                                    + "{\"text\":\"CANARY7Q-block\"}]},"
                                    + "{\"role\":\"assistant\",\"content\":\"CANARY7Q-earlier\"},"
                                    + "{\"role\":\"user\",\"content\":\"CANARY7Q-user ünïcode\"}],"
                                    + "\"stop\":[\"CANARY7Q-stop\"],"
                                    + "\"tools\":[{\"name\":\"find\",\"description\":\"CANARY7Q-tool\","
                                    + "\"input_schema\":{\"type\":\"object\",\"description\":\"CANARY7Q-schema\"}}],"
                                    + "\"agent_id\":\"scout\",\"task\":\"CANARY7Q-task\"}");
            plantAnswer("an answer", item);
        }

        private void cached() {
            String question = Api.question(Api.MODEL, "chat", "CANARY7Q-cached");
            plantAnswer("a cached answer", asked(question));
            // An answer reaches who asked before it reaches the cache.
            await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> asked(question).at("/decision/outcome").asText(),
                            "cache_hit"::equals);
        }

        private void conversation() {
            for (int turn = 1; turn <= 2; turn++) {
                String body =
                        "{\"model\":\""
                                + Api.MODEL
                                + "\",\"session\":\"talk\",\"user_id\":\"ann\",\"messages\":[{\"role\":"
                                + "\"user\",\"content\":\"CANARY7Q-turn"
                                + turn
                                + "\"}]}";
                Api.Answer answer =
                        await().atMost(Duration.ofSeconds(60))
                                .until(() -> api.ask(body), a -> a.status() != 409);
                assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
                plantAnswer("an answer in a conversation", answer.json());
            }
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    api.get("/v1/sessions/talk?user_id=ann")
                                                            .response()
                                                            .body())
                                            .contains("CANARY7Q-turn1", "CANARY7Q-turn2"));
        }

        private void large() {
            bedrock.put(
                    "/_local/answer-size",
                    "{\"model\":\"amazon.nova-lite-v1:0\",\"bytes\":200000}");
            String text = "CANARY7Q-large ".repeat(10_000);
            plantAnswer(
                    "a large answer", asked(Api.question("amazon.nova-lite-v1:0", "chat", text)));
        }

        private void deadLetter() {
            bedrock.put(
                    "/_local/behavior",
                    "{\"model\":\""
                            + BROKEN_MODEL
                            + "\",\"error\":{\"type\":\"ModelErrorException\",\"every\":1}}");
            Api.Answer failed = api.ask(Api.question(BROKEN_MODEL, "chat", "CANARY7Q-broken"));
            assertThat(failed.status()).as(failed.toString()).isEqualTo(502);
            Api admin = new Api(sluice.endpoint("api"), sluice.adminKey());
            await().atMost(Duration.ofSeconds(60))
                    .until(
                            () ->
                                    admin.get("/v1/admin/dead-letters")
                                            .response()
                                            .body()
                                            .contains("demo-enterprise"));
        }

        private void batch() {
            String lines =
                    Api.question(Api.MODEL, "chat", "CANARY7Q-line1")
                            + "\n"
                            + Api.question(Api.MODEL, "chat", "CANARY7Q-line2");
            Api.Answer taken = api.postLines("/v1/batches", lines);
            assertThat(taken.status()).as(taken.toString()).isEqualTo(202);
            String results = "/v1/batches/" + taken.json().path("id").asText() + "/results";
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> api.get(results).response().body().lines().count() == 2);
        }

        /** What is refused, and what is no key, is not to be found in a log either. */
        private void refused() {
            assertThat(api.submit("{\"model\":\"CANARY7Q-model\",\"messages\":[]}").status())
                    .isEqualTo(400);
            assertThat(api.submit("{\"CANARY7Q-field\":\"CANARY7Q-value\"").status())
                    .isEqualTo(400);
            assertThat(api.get("/v1/requests/CANARY7Q-id").status()).isEqualTo(404);
            Api stranger = new Api(sluice.endpoint("api"), "CANARY7Q-key");
            assertThat(stranger.get("/v1/requests").status()).isEqualTo(401);
        }

        private JsonNode asked(String body) {
            Api.Answer answer = api.ask(body);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.json().path("status").asText()).isEqualTo("succeeded");
            return answer.json();
        }

        /** A piece of an answer: its words are those of many, their order is of no other. */
        private void plantAnswer(String name, JsonNode item) {
            String text = item.at("/output/text").asText();
            assertThat(text).hasSizeGreaterThan(60);
            canaries.add(name, text.substring(20, 60));
        }
    }
}
