package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A conversation from its first turn to after its deletion. The embedded Bedrock answers equal
 * calls alike and other calls otherwise, so what a turn was sent with is told by asking the same
 * without a session.
 */
@OnSharedSystem
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConversationITCase {
    private static final String SESSION = "/v1/sessions/trip:1?user_id=user:7";
    private static final String SLOW_MODEL = "meta.llama3-1-8b-instruct-v1:0";
    private static final Duration SOON = Duration.ofSeconds(60);

    private SharedSystem sluice;
    private Api api;
    private String firstAnswer;
    private String secondAnswer;

    @BeforeAll
    void start(SharedSystem shared) {
        sluice = shared;
        api = new Api(sluice.endpoint("api"), sluice.tenantKeys().get("demo-business"));
    }

    @Test
    @Order(1)
    void theFirstTurnIsSentAsItIs() {
        assertThat(api.get(SESSION).status()).isEqualTo(404);
        firstAnswer = turn("Where shall we go?");
        assertThat(firstAnswer).isEqualTo(withoutSession(message("user", "Where shall we go?")));
    }

    @Test
    @Order(2)
    void theSecondTurnIsSentBehindTheFirstAndItsAnswer() {
        secondAnswer = turn("And when?");
        assertThat(secondAnswer)
                .isEqualTo(
                        withoutSession(
                                message("user", "Where shall we go?"),
                                message("assistant", firstAnswer),
                                message("user", "And when?")))
                .isNotEqualTo(withoutSession(message("user", "And when?")));
    }

    @Test
    @Order(3)
    void bothTurnsAreRead() {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(api.get(SESSION).json().at("/turns")).hasSize(2));
        JsonNode session = api.get(SESSION).json();
        assertThat(session.path("session").asText()).isEqualTo("trip:1");
        assertThat(session.path("user_id").asText()).isEqualTo("user:7");
        assertThat(session.at("/turns").findValuesAsText("text"))
                .containsExactly("Where shall we go?", firstAnswer, "And when?", secondAnswer);
        JsonNode listed = api.get("/v1/sessions?user_id=user:7").json().at("/sessions/0");
        assertThat(listed.path("turns").asInt()).isEqualTo(2);
        assertThat(listed.path("updated_at")).isEqualTo(session.path("updated_at"));
    }

    @Test
    @Order(4)
    void anotherTenantSeesNothingOfIt() {
        Api other = new Api(sluice.endpoint("api"), sluice.tenantKeys().get("demo-free"));
        assertThat(other.get(SESSION).status()).isEqualTo(404);
        assertThat(other.get("/v1/sessions").json().path("sessions")).isEmpty();
    }

    @Test
    @Order(5)
    void ofTwoTurnsAtOnceOneIsAConflictThatMayBeTriedAgain() {
        new Http(sluice.endpoint("bedrock"))
                .put("/_local/behavior", "{\"model\":\"" + SLOW_MODEL + "\",\"latency_ms\":2000}");
        ObjectNode body = body(SLOW_MODEL, message("user", "Who is first?"));
        body.put("session", "busy").put("user_id", "user:7");
        List<CompletableFuture<Api.Answer>> both =
                List.of(api.asked(body.toString()), api.asked(body.toString()));
        List<Api.Answer> answers = both.stream().map(CompletableFuture::join).toList();
        assertThat(answers).extracting(Api.Answer::status).containsExactlyInAnyOrder(200, 409);
        Api.Answer conflict = answers.get(answers.get(0).status() == 409 ? 0 : 1);
        assertThat(conflict.header("x-should-retry")).isEqualTo("true");
        assertThat(conflict.header("Retry-After")).isEqualTo("1");
        assertThat(conflict.json().at("/request/decision/reason").asText())
                .isEqualTo("session-busy");
    }

    @Test
    @Order(6)
    void afterItsDeletionTheNextTurnBeginsAnew() {
        assertThat(api.delete(SESSION).status()).isEqualTo(202);
        await().atMost(SOON).until(() -> api.get(SESSION).status() == 404);
        assertThat(turn("And now?")).isEqualTo(withoutSession(message("user", "And now?")));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(api.get(SESSION).json().at("/turns")).hasSize(1));
    }

    /** A turn; tried again while the one before is being settled, as its answer is there first. */
    private String turn(String text) {
        ObjectNode body = body(Api.MODEL, message("user", text));
        body.put("session", "trip:1").put("user_id", "user:7");
        Api.Answer answer =
                await().atMost(SOON)
                        .until(() -> api.ask(body.toString()), each -> each.status() != 409);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().at("/decision/outcome").asText()).isEqualTo("invoked");
        return answer.json().at("/output/text").asText();
    }

    private String withoutSession(ObjectNode... messages) {
        Api.Answer answer = api.ask(body(Api.MODEL, messages).put("cache", "bypass").toString());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().at("/output/text").asText();
    }

    private static ObjectNode body(String model, ObjectNode... messages) {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("model", model).put("max_tokens", 64);
        ArrayNode list = body.putArray("messages");
        list.addAll(List.of(messages));
        return body;
    }

    private static ObjectNode message(String role, String text) {
        return JsonNodeFactory.instance.objectNode().put("role", role).put("content", text);
    }
}
