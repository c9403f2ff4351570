package io.sluice.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.CommandEvent;
import io.sluice.contract.Names;
import io.sluice.contract.SessionItem;
import io.sluice.contract.SessionKey;
import io.sluice.contract.json.SessionItemJson;
import io.sluice.ingress.RunningIngress.Answer;
import io.sluice.ingress.aws.Items;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedAws.class)
class SessionsITCase {
    private static final String TURN =
            "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hi\"}]},"
                    + "{\"role\":\"assistant\",\"content\":[{\"text\":\"Hello\"}]}]}";

    static RunningIngress ingress;
    static EngineByHand engine;

    @BeforeAll
    static void start(RunningIngress shared) {
        ingress = shared;
        engine = new EngineByHand(ingress.aws());
    }

    @Test
    void conversationIsReadByUserAndSession() {
        String key = ingress.newTenant("reads", "free");
        SessionItem item = copy("reads", SessionKey.of("u:1", "s@1"));
        store(item);
        Answer answer = get(key, "/s@1?user_id=u:1");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        JsonNode session = answer.json();
        assertThat(ApiDescription.fieldsOf(session)).isEqualTo(ApiDescription.fieldsOf("Session"));
        assertThat(session.get("session").textValue()).isEqualTo("s@1");
        assertThat(session.get("user_id").textValue()).isEqualTo("u:1");
        assertThat(session.at("/turns/0/messages/1/content/0/text").textValue()).isEqualTo("Hello");
        assertThat(session.get("truncated").booleanValue()).isFalse();
        assertThat(Instant.parse(session.get("updated_at").textValue()).toEpochMilli())
                .isEqualTo(item.updatedAtMillis());
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(get(key, "/s@1").status()).as("without its user").isEqualTo(404);
    }

    @Test
    void conversationWithoutAUserIsReadWithoutOne() {
        String key = ingress.newTenant("userless", "free");
        store(copy("userless", SessionKey.of(null, "s1")));
        JsonNode session = get(key, "/s1").json();
        assertThat(session.get("user_id").isNull()).isTrue();
        assertThat(get(key, "/s1?user_id=u1").status()).isEqualTo(404);
    }

    @Test
    void anotherTenantsConversationIsNotFound() {
        ingress.newTenant("owner", "free");
        String other = ingress.newTenant("curious", "free");
        store(copy("owner", SessionKey.of("u1", "s1")));
        assertThat(get(other, "/s1?user_id=u1").status()).isEqualTo(404);
        assertThat(get(other, "").json().get("sessions")).isEmpty();
        assertThat(get(ingress.adminKey(), "/s1?user_id=u1").status()).isEqualTo(403);
        assertThat(get(null, "/s1?user_id=u1").status()).isEqualTo(401);
    }

    @Test
    void whatIsGoneOrOverIsNeitherReadNorListed() {
        String key = ingress.newTenant("gone", "free");
        long now = System.currentTimeMillis();
        store(copy("gone", SessionKey.of("u", "gone")).toBuilder().deleted(true).build());
        store(
                copy("gone", SessionKey.of("u", "over")).toBuilder()
                        .expiresAtSeconds(now / 1_000 - 1)
                        .build());
        store(
                copy("gone", SessionKey.of("u", "over-by-the-policy-of-now")).toBuilder()
                        .updatedAtMillis(now - 86_400_001)
                        .build());
        for (String session : List.of("gone", "over", "over-by-the-policy-of-now")) {
            assertThat(get(key, "/" + session + "?user_id=u").status()).isEqualTo(404);
        }
        assertThat(get(key, "").json().get("sessions")).isEmpty();
    }

    @Test
    void listingGoesPageByPageByUserAndSkipsWhatIsGone() {
        String key = ingress.newTenant("lists", "free");
        for (int i = 0; i < 7; i++) {
            SessionItem item = copy("lists", SessionKey.of("u" + i % 2, "s" + i));
            store(i == 4 ? item.toBuilder().deleted(true).build() : item);
        }
        JsonNode page = get(key, "?limit=2").json();
        assertThat(ApiDescription.fieldsOf(page)).isEqualTo(ApiDescription.fieldsOf("SessionPage"));
        JsonNode entry = page.at("/sessions/0");
        assertThat(ApiDescription.fieldsOf(entry))
                .isEqualTo(ApiDescription.fieldsOf("SessionEntry"));
        assertThat(entry.get("turns").intValue()).isEqualTo(1);
        assertThat(all(key, "limit=2")).containsExactly("s0", "s2", "s6", "s1", "s3", "s5");
        assertThat(all(key, "limit=1&user_id=u1")).containsExactly("s1", "s3", "s5");
        assertThat(all(key, "user_id=u")).isEmpty();
    }

    @Test
    void deletionIsACommandThatNamesTheKeyOfTheEngine() {
        String key = ingress.newTenant("deletes", "free");
        Answer answer = ingress.send("DELETE", "/v1/sessions/s:1?user_id=u@1", key, null);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        assertThat(ApiDescription.fieldsOf(answer.json()))
                .isEqualTo(ApiDescription.fieldsOf("SessionDeletion"));
        CommandEvent command = (CommandEvent) engine.events("deletes").get(0);
        assertThat(command.name()).isEqualTo(Names.DELETE_SESSION);
        assertThat(command.subject()).isEqualTo(SessionKey.of("u@1", "s:1").text());
    }

    @Test
    void namesThatAreNoLabelsAndForeignCursorsAreRefused() {
        String key = ingress.newTenant("strict", "free");
        for (String path :
                List.of(
                        "/a%20b",
                        "/a%2Fb",
                        "/s?user_id=a%2Fb",
                        "/s?user_id=" + "x".repeat(65),
                        "/s?user=u",
                        "?limit=101",
                        "?cursor=x",
                        "?cursor=session%3Au",
                        "?cursor=session%3Au%2F",
                        "?user_id=u1&cursor=session%3Au2%2Fs")) {
            Answer answer = get(key, path);
            assertThat(answer.status()).as(path).isIn(400, 404);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        }
        assertThat(get(key, "/s?user_id=a%2Fb").status()).isEqualTo(400);
        assertThat(get(key, "?user_id=u1&cursor=session%3Au2%2Fs").status()).isEqualTo(400);
    }

    private static List<String> all(String key, String query) {
        List<String> sessions = new ArrayList<>();
        String cursor = "";
        while (true) {
            JsonNode page = get(key, "?" + query + cursor).json();
            page.get("sessions").forEach(each -> sessions.add(each.get("session").textValue()));
            if (page.get("next_cursor").isNull()) {
                return sessions;
            }
            cursor =
                    "&cursor="
                            + URLEncoder.encode(
                                    page.get("next_cursor").textValue(), StandardCharsets.UTF_8);
        }
    }

    private static Answer get(String key, String path) {
        return ingress.send("GET", "/v1/sessions" + path, key, null);
    }

    private static SessionItem copy(String tenantId, SessionKey key) {
        long now = System.currentTimeMillis();
        return SessionItem.builder()
                .tenantId(tenantId)
                .key(key)
                .turns(List.of(TURN))
                .turnCount(1)
                .tokens(4)
                .updatedAtMillis(now)
                .expiresAtSeconds(now / 1_000 + 3_600)
                .version(1)
                .build();
    }

    private static void store(SessionItem item) {
        ingress.aws()
                .dynamoDbClient()
                .putItem(
                        b ->
                                b.tableName(Names.SESSIONS_TABLE)
                                        .item(Items.attributes(SessionItemJson.write(item))))
                .join();
    }
}
