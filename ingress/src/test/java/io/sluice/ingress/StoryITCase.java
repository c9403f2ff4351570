package io.sluice.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.Names;
import io.sluice.ingress.RunningIngress.Answer;
import io.sluice.ingress.aws.Items;
import io.sluice.ingress.requestid.RequestIds;
import io.sluice.ingress.story.ArchivedStory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Requests' stories over HTTP, of an archive that the test writes. */
@ExtendWith(SharedAws.class)
class StoryITCase {
    @TempDir static Path archive;

    static RunningIngress ingress;
    static RunningIngress withoutArchive;
    static String key;
    static String rivalKey;

    @BeforeAll
    static void start(RunningIngress shared) {
        withoutArchive = shared;
        ingress = shared.another(Map.of("sluice.audit", archive.toString()));
        key = ingress.newTenant("tells", "free");
        rivalKey = ingress.newTenant("tells-rival", "free");
    }

    @AfterAll
    static void stop() throws IOException {
        ingress.close();
    }

    @Test
    void aTenantAndTheAdministratorReadItAndNobodyElse() throws IOException {
        String id = archived("tells");
        Answer own = story(id, key);
        assertThat(own.status()).as(own.response().body()).isEqualTo(200);
        assertThat(own.header("Cache-Control")).isEqualTo("no-store");
        JsonNode story = own.json();
        assertThat(story.path("request_id").asText()).isEqualTo(id);
        assertThat(story.path("tenant_id").asText()).isEqualTo("tells");
        assertThat(story.path("steps").findValuesAsText("title"))
                .containsExactly("the request came", "its call ended");
        assertThat(story.at("/steps/0/counters/0/words").asText())
                .isEqualTo("requests that have not ended");
        assertThat(own.response().body()).doesNotContain(ArchivedStory.CANARY);
        assertThat(story(id, ingress.adminKey()).json()).isEqualTo(story);
        Answer rivals = story(id, rivalKey);
        assertThat(rivals.status()).isEqualTo(404);
        assertThat(rivals.response().body())
                .as("as an id that was never issued")
                .isEqualTo(
                        story(neverIssued(), rivalKey)
                                .response()
                                .body()
                                .replaceAll("req_[0-9A-Z]{36}", id))
                .doesNotContain("tells");
        assertThat(story(id, null).status()).isEqualTo(401);
    }

    @Test
    void isDescribedAsItIs() throws IOException {
        JsonNode story = story(archived("tells"), key).json();
        Set<String> fields = ApiDescription.fieldsOf("Story");
        assertThat(fields.remove("detail")).as("of stories without a step").isTrue();
        assertThat(fields).isEqualTo(ApiDescription.fieldsOf(story));
        assertThat(ApiDescription.fieldsOf("StoryStep"))
                .isEqualTo(ApiDescription.fieldsOf(story.at("/steps/0")));
        assertThat(ApiDescription.fieldsOf("StoryCounter"))
                .isEqualTo(ApiDescription.fieldsOf(story.at("/steps/0/counters/0")));
    }

    @Test
    void whatIsNotArchivedYetMaySoonBe() {
        String id =
                ingress.send(
                                "POST",
                                "/v1/requests",
                                key,
                                "{\"model\":\"amazon.nova-micro-v1:0\","
                                        + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}")
                        .json()
                        .path("id")
                        .asText();
        for (String each : List.of(key, ingress.adminKey())) {
            Answer answer = story(id, each);
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.header("Retry-After")).isEqualTo("5");
            assertThat(answer.json().path("steps")).isEmpty();
            assertThat(answer.json().path("detail").asText()).contains("next checkpoint");
        }
        assertThat(story(neverIssued(), key).header("x-should-retry")).isEqualTo("false");
        String old = ids().issue("tells", System.currentTimeMillis() - 86_400_000);
        assertThat(story(old, key).status()).isEqualTo(404);
        assertThat(story(old, key).header("x-should-retry")).isEqualTo("false");
    }

    @Test
    void wrongIdsAndParametersAreExplained() throws IOException {
        for (String wrong : List.of("abc", "req_1", "req_%22%7D", "..%2F..%2Faudit", "%00")) {
            Answer answer = story(wrong, key);
            assertThat(answer.status()).as(wrong).isEqualTo(400);
            assertThat(answer.response().body()).doesNotContain("\tat ");
        }
        assertThat(story("req_1", key).json().path("detail").asText()).contains("such as req_01J");
        assertThat(ingress.send("GET", path(archived("tells")) + "?tenant=x", key, null).status())
                .isEqualTo(400);
    }

    /** The administrator still reads what the chain keeps. */
    @Test
    void whatWasErasedIsGoneForWhoHasTheTenantsIdAfterwards() throws IOException {
        String own = ingress.newTenant("tells-erased", "free");
        long before = System.currentTimeMillis() - 60_000;
        String id = ids().issue("tells-erased", before);
        ArchivedStory.write(archive, "tells-erased", id, before);
        assertThat(story(id, own).status()).isEqualTo(200);
        markErased("tells-erased", before + 1);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(story(id, own).status()).isEqualTo(410));
        assertThat(story(id, ingress.adminKey()).status()).isEqualTo(200);
    }

    private static void markErased(String tenantId, long atMillis) {
        Map<String, AttributeValue> key =
                Map.of("tenant_id", Items.text(tenantId), "item", Items.text("tenant"));
        ingress.aws()
                .dynamoDbClient()
                .updateItem(
                        b ->
                                b.tableName(Names.TENANTS_TABLE)
                                        .key(key)
                                        .updateExpression("SET erased_at_millis = :at")
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":at",
                                                        AttributeValue.fromN(
                                                                Long.toString(atMillis)))))
                .join();
    }

    @Test
    void aNodeThatKnowsNoArchiveSaysSo() throws IOException {
        Answer answer = withoutArchive.send("GET", path(archived("tells")), key, null);
        assertThat(answer.status()).isEqualTo(501);
        assertThat(answer.json().path("detail").asText()).contains("SLUICE_AUDIT");
        assertThat(answer.header("x-should-retry")).isEqualTo("false");
    }

    private static String archived(String tenantId) throws IOException {
        long now = System.currentTimeMillis();
        String id = ids().issue(tenantId, now);
        ArchivedStory.write(archive, tenantId, id, now);
        return id;
    }

    private static String neverIssued() {
        return ids().issue("nobody-at-all", System.currentTimeMillis());
    }

    private static RequestIds ids() {
        return ingress.context().getBean(RequestIds.class);
    }

    private static String path(String id) {
        return "/v1/requests/" + id + "/story";
    }

    private static Answer story(String id, String key) {
        return ingress.send("GET", path(id), key, null);
    }
}
