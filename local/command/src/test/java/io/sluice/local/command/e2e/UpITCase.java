package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code sluice up} promises about its processes: one system, of which one thing after the
 * other is taken. It comes before the other classes, which then start on the class archives that it
 * leaves.
 */
@Order(Order.DEFAULT - 1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpITCase {
    private static final Duration READY = Duration.ofMinutes(3);

    @TempDir static Path directory;
    private Path dataDir;
    private SluiceProcess sluice;

    @BeforeAll
    void start() throws IOException {
        dataDir = directory.resolve("with space");
        sluice = SluiceProcess.start(dataDir).awaitReady(READY);
    }

    @AfterAll
    void kill() {
        if (sluice != null) {
            sluice.close();
        }
    }

    @Test
    @Order(1)
    void folderInUseIsRefused() throws Exception {
        Path sameFolder = dataDir;
        try (SluiceProcess second = SluiceProcess.start(sameFolder)) {
            assertThat(second.awaitExit()).isEqualTo(1);
        }
        assertThat(sluice.errors()).contains("is in use by another 'sluice up'");
        ask("undisturbed");
    }

    @Test
    @Order(2)
    void cleanStopIsFoundAgainWithItsAddressesAndKeys() throws Exception {
        String endpoints = sluice.endpoints().toString();
        String keys = sluice.keys().toString();
        ask("before the stop");
        assertThat(sluice.stop()).isZero();
        assertThat(sluice.errors()).containsPattern("job stopped with checkpoint \\d+");

        sluice = SluiceProcess.start(dataDir).awaitReady(READY);
        assertThat(sluice.endpoints()).hasToString(endpoints);
        assertThat(sluice.keys()).hasToString(keys);
        ask("after the stop");
        for (String part : List.of("aws", "job", "ingress")) {
            assertThat(sluice.mappedBy(part)).contains("/class-archives/" + part + "-");
        }
    }

    @Test
    @Order(3)
    void partThatDiesIsStartedAgainAndSaidSo() {
        Map<String, Long> before = sluice.pids();
        for (String part : List.of("ingress", "aws", "job", "dynamodb")) {
            sluice.kill(part);
            await(part + " has another process")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !sluice.pids().get(part).equals(before.get(part)));
            assertThat(sluice.errors()).contains("!! " + part + " ended with status 137");
        }
        await("an answer")
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .untilAsserted(() -> ask("after all parts died"));
        assertThat(sluice.pids().get("supervisor")).isEqualTo(before.get("supervisor"));
    }

    @Test
    @Order(4)
    void noProcessOutlivesTheSupervisor() {
        List<ProcessHandle> children =
                sluice.pids().values().stream()
                        .flatMap(pid -> ProcessHandle.of(pid).stream())
                        .toList();
        assertThat(children).hasSize(5);
        sluice.kill("supervisor");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    private void ask(String text) {
        Api api = new Api(sluice.endpoint("api"), sluice.tenantKeys().get("demo-enterprise"));
        Api.Answer answer = api.ask(Api.question(Api.MODEL, "up", text));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }
}
