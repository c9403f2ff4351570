package io.sluice.ingress.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The generated description says what the code does. */
class ApiDescriptionTest {
    private final Map<?, ?> document = load();

    @Test
    void submissionHasTheFieldsThatAreRead() {
        Map<?, ?> submission = at(document, "components", "schemas", "Submission");
        assertThat(at(submission, "properties").keySet().stream().map(Object::toString))
                .containsExactlyInAnyOrderElementsOf(SubmissionReader.FIELDS);
    }

    @Test
    void everyCallOfTheDesignIsDescribedAndNothingOfTheFrameworkLeaks() {
        assertThat(new TreeSet<>(at(document, "paths").keySet()))
                .asString()
                .isEqualTo(
                        "[/health/live, /health/ready, /v1/admin/dead-letters,"
                                + " /v1/admin/dead-letters/counts, /v1/admin/dead-letters/{id},"
                                + " /v1/admin/dead-letters/{id}/redrive, /v1/admin/tenants,"
                                + " /v1/admin/tenants/{tenantId}, /v1/admin/tenants/{tenantId}/keys,"
                                + " /v1/admin/tenants/{tenantId}/keys/{keyId}, /v1/admin/usage,"
                                + " /v1/batches, /v1/batches/{id}, /v1/batches/{id}/results,"
                                + " /v1/requests, /v1/requests/{id}, /v1/requests/{id}/story,"
                                + " /v1/sessions, /v1/sessions/{session},"
                                + " /v1/usage]");
        assertThat(at(document, "components", "schemas").keySet().stream().map(Object::toString))
                .contains("Item", "Problem", "UsageReport")
                .noneMatch(name -> name.contains("HttpResponse") || name.contains("_"));
    }

    private static Map<?, ?> at(Map<?, ?> map, String... steps) {
        Map<?, ?> node = map;
        for (String step : steps) {
            node = (Map<?, ?>) node.get(step);
        }
        return node;
    }

    private static Map<?, ?> load() {
        try (InputStream in =
                ApiDescriptionTest.class.getResourceAsStream("/META-INF/swagger/sluice.yml")) {
            return new Yaml().load(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
