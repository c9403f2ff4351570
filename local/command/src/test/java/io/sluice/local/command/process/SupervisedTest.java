package io.sluice.local.command.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Children are shell scripts. */
class SupervisedTest {
    private static final String OBEDIENT =
            "echo ready yes; while read line; do echo \"$line\" >>said; "
                    + "[ \"$line\" = stop ] && exit 0; done; exit 1";

    /** Of POSIX: who steps back further stays there. */
    private static final int MOST_NICENESS = 19;

    @TempDir Path directory;

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> gaveUp = new CompletableFuture<>();
    private final AtomicInteger cleanEnds = new AtomicInteger();
    private Supervised part;

    @AfterEach
    void kill() {
        part.kill();
    }

    @Test
    void readyLineIsHeard() throws Exception {
        start(OBEDIENT);
        assertThat(part.ready().get(10, TimeUnit.SECONDS)).isEqualTo("yes");
    }

    @Test
    void stoppedChildStaysDown() throws Exception {
        start(OBEDIENT);
        part.ready().get(10, TimeUnit.SECONDS);
        assertThat(part.stop().get(10, TimeUnit.SECONDS)).isZero();
        assertThat(cleanEnds).hasValue(1);
        assertThat(part.restarts()).isZero();
        assertThat(warnings).isEmpty();
    }

    @Test
    void killedChildIsStartedAgainAndGreetedAgain() throws Exception {
        start(OBEDIENT);
        part.greet("run");
        await().until(() -> said().equals(List.of("run")));
        part.current().kill();
        await().until(() -> said().equals(List.of("run", "run")));
        assertThat(part.restarts()).isEqualTo(1);
        assertThat(cleanEnds).hasValue(0);
        assertThat(warnings).singleElement().asString().contains("part ended with status 137");
    }

    @Test
    void childThatKeepsEndingIsGivenUpWithItsLastWords() throws Exception {
        start("echo failed no luck today; exit 1");
        assertThat(gaveUp.get(10, TimeUnit.SECONDS)).contains("status 1: no luck today");
        assertThat(warnings).hasSize(2);
    }

    @Test
    void childThatNeedsAPersonIsGivenUpAtOnce() throws Exception {
        start("exit 3");
        assertThat(gaveUp.get(10, TimeUnit.SECONDS)).contains("status 3");
        assertThat(warnings).isEmpty();
    }

    @Test
    void childThatDoesNotStopIsKilled() throws Exception {
        start("echo ready; while :; do read line || sleep 0.01; done");
        part.ready().get(10, TimeUnit.SECONDS);
        assertThat(part.stop().get(10, TimeUnit.SECONDS)).isEqualTo(137);
    }

    @Test
    void variablesWithThePrefixAreKeptFromTheChild() throws Exception {
        start("env >environment; " + OBEDIENT);
        part.ready().get(10, TimeUnit.SECONDS);
        List<String> environment = Files.readAllLines(directory.resolve("environment"));
        assertThat(environment).contains("GIVEN=1");
        assertThat(environment).noneMatch(line -> line.startsWith("PATH="));
    }

    @Test
    void stepsBackAsFarAsItIsTold() throws Exception {
        start("nice > niceness; echo ready; read line");

        part.ready().get(10, TimeUnit.SECONDS);
        assertThat(Files.readString(directory.resolve("niceness")).trim())
                .isEqualTo(Integer.toString(Math.min(MOST_NICENESS, ownNiceness() + 7)));
    }

    private static int ownNiceness() throws IOException {
        Process nice = new ProcessBuilder("nice").start();
        return Integer.parseInt(new String(nice.getInputStream().readAllBytes(), UTF_8).trim());
    }

    private void start(String script) throws IOException {
        part =
                new Supervised(
                        new ChildSpec(
                                "part",
                                List.of("/bin/sh", "-c", "cd '" + directory + "'; " + script),
                                Map.of("GIVEN", "1"),
                                script.startsWith("env") ? "PATH" : "",
                                directory.resolve("stderr"),
                                directory.resolve("log"),
                                script.contains("nice") ? 7 : 0,
                                Duration.ofMillis(500),
                                cleanEnds::incrementAndGet),
                        new RestartPolicy(2, Duration.ofMinutes(5), Duration.ofMillis(10)),
                        Clock.systemUTC(),
                        warnings::add,
                        () -> {},
                        gaveUp::complete);
        part.start();
    }

    private List<String> said() throws IOException {
        Path file = directory.resolve("said");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
