package io.sluice.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ingress.RunningIngress.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmitITCase {
    @TempDir static Path dir;
    static RunningIngress ingress;
    static String key;

    @BeforeAll
    static void start() throws Exception {
        ingress = RunningIngress.start(dir);
        key = ingress.newTenant("acme", "free");
    }

    @AfterAll
    static void stop() throws Exception {
        ingress.close();
    }

    @Test
    void submittedRequestIsQueuedUntilItsResultIsThere() {
        Answer submitted =
                ingress.send(
                        "POST",
                        "/v1/requests",
                        key,
                        "{\"model\":\"amazon.nova-micro-v1:0\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
        assertThat(submitted.status()).as(submitted.response().body()).isEqualTo(202);
    }
}
