package io.sluice.local.command.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.Isolation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What AWS says of conditions on leading keys, held against the generated policies. */
class IamPolicyTest {
    private static final String TABLES = "arn:aws:dynamodb:eu-central-1:123456789012:table/";
    private final IamPolicy policy = new IamPolicy("aws", "eu-central-1", "123456789012");

    @Test
    void sharedTablesAreReadByTheTenantsLeadingKeyAlone() {
        JsonNode document = policy.of("acme", List.of(Isolation.POOLED));
        assertThat(document.path("Version").asText()).isEqualTo("2012-10-17");
        JsonNode allow = statement(document, "ReadByLeadingKey");
        assertThat(allow.path("Effect").asText()).isEqualTo("Allow");
        assertThat(words(allow.path("Resource")))
                .contains(TABLES + "sluice-requests", TABLES + "sluice-usage")
                .doesNotContain(TABLES + "sluice-tenants", TABLES + "sluice-dead-letters")
                .noneMatch(arn -> arn.contains("_") || arn.endsWith("*"));
        JsonNode condition = allow.path("Condition");
        assertThat(words(condition.path("ForAllValues:StringEquals").path("dynamodb:LeadingKeys")))
                .as("the whole key, no pattern")
                .containsExactly("acme");
        assertThat(condition.path("Null").path("dynamodb:LeadingKeys").asText())
                .as("ForAllValues is true of no values at all")
                .isEqualTo("false");
        assertThat(document.path("Statement"))
                .as("nothing else is allowed")
                .filteredOn(one -> one.path("Effect").asText().equals("Allow"))
                .hasSize(1);
    }

    @Test
    void whatIsNoPartOfATablesNameIsRefused() {
        assertThatThrownBy(() -> new IamPolicy("aws", "x y", "*"))
                .hasMessage(
                        "region: seen 'x y', expected a region, such as eu-central-1, or * for all");
        assertThatThrownBy(() -> new IamPolicy("aws", "eu-central-*", "*"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IamPolicy("aws", "*", "12345"))
                .hasMessageStartingWith("account: seen '12345'");
        assertThatThrownBy(() -> new IamPolicy("", "*", "*"))
                .hasMessageStartingWith("partition: seen ''");
        new IamPolicy("aws-us-gov", "us-gov-west-1", "*");
    }

    @Test
    void ownTablesAreNamedWhole() {
        JsonNode document = policy.of("acme", List.of(Isolation.SILO));
        assertThat(words(statement(document, "ReadOwnTables").path("Resource")))
                .containsExactlyInAnyOrder(
                        TABLES + "sluice-requests_acme",
                        TABLES + "sluice-attempts_acme",
                        TABLES + "sluice-usage_acme",
                        TABLES + "sluice-sessions_acme",
                        TABLES + "sluice-rerated_acme");
        assertThat(words(statement(document, "ReadByLeadingKey").path("Resource")))
                .as("what all tenants share stays behind its leading key")
                .containsExactlyInAnyOrder(
                        TABLES + "sluice-idempotency", TABLES + "sluice-batches");
    }

    @Test
    void scansAreDeniedOfEveryTableThatMayBeRead() {
        for (List<Isolation> places :
                List.of(
                        List.of(Isolation.POOLED),
                        List.of(Isolation.SILO),
                        List.of(Isolation.POOLED, Isolation.DATABASE))) {
            JsonNode document = policy.of("acme", places);
            JsonNode deny = statement(document, "NeverWithoutALeadingKey");
            assertThat(deny.path("Effect").asText()).isEqualTo("Deny");
            assertThat(words(deny.path("Action"))).contains("dynamodb:Scan");
            List<String> readable = new ArrayList<>();
            for (JsonNode one : document.path("Statement")) {
                if (one.path("Effect").asText().equals("Allow")) {
                    readable.addAll(words(one.path("Resource")));
                    assertThat(words(one.path("Action")))
                            .containsExactlyInAnyOrder(
                                    "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query");
                }
            }
            assertThat(words(deny.path("Resource"))).containsAll(readable);
        }
    }

    private static JsonNode statement(JsonNode document, String name) {
        for (JsonNode one : document.path("Statement")) {
            if (one.path("Sid").asText().equals(name)) {
                return one;
            }
        }
        throw new AssertionError("no statement " + name + " in " + document);
    }

    private static List<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.asText()));
        return words;
    }
}
