package io.sluice.local.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobProcessITCase {
    @TempDir Path directory;
    private Path dataDir;

    @BeforeEach
    void nameTheDataDirectory() throws IOException {
        dataDir = Files.createDirectory(directory.resolve("with space"));
    }

    @Test
    void stopTakesACheckpointThatTheNextStartGoesOnFrom() throws Exception {
        try (RunningJob first = RunningJob.startAndRun(dataDir)) {
            first.awaitMoreLines(50);
            first.tell("stop");
            assertThat(first.awaitExit()).isZero();
            assertThat(first.awaitLine("stopped")).matches("stopped with checkpoint \\d+");
        }
        long linesBefore = counts().size();
        try (RunningJob second = RunningJob.startAndRun(dataDir)) {
            second.awaitMoreLines(50);
        }
        assertNothingForgotten(linesBefore);
    }

    @Test
    void killedJobGoesOnFromItsNewestCheckpoint() throws Exception {
        long linesBefore;
        try (RunningJob first = RunningJob.startAndRun(dataDir)) {
            awaitCheckpoints(3);
            linesBefore = first.lines();
            first.kill();
        }
        try (RunningJob second = RunningJob.startAndRun(dataDir)) {
            second.awaitMoreLines(50);
        }
        assertNothingForgotten(linesBefore);
    }

    @Test
    void unreadableNewestCheckpointIsPassedOver() throws Exception {
        try (RunningJob first = RunningJob.startAndRun(dataDir)) {
            awaitCheckpoints(3);
            first.kill();
        }
        long linesBefore = counts().size();
        List<Path> completed = completedCheckpoints();
        Path newest = completed.get(completed.size() - 1);
        try (Stream<Path> files = Files.list(newest)) {
            for (Path file : files.toList()) {
                Files.writeString(file, "");
            }
        }
        try (RunningJob second = RunningJob.startAndRun(dataDir)) {
            second.awaitMoreLines(50);
        }
        assertNothingForgotten(linesBefore);
        assertThat(Files.readString(dataDir.resolve("job.log")))
                .contains(newest + " is unreadable");
    }

    @Test
    void checkpointOlderThanTheStreamsRetentionIsRefused() throws Exception {
        try (RunningJob first = RunningJob.startAndRun(dataDir)) {
            awaitCheckpoints(1);
            first.kill();
        }
        for (Path checkpoint : completedCheckpoints()) {
            Files.setLastModifiedTime(
                    checkpoint.resolve("_metadata"),
                    FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        }
        try (RunningJob second = RunningJob.start(dataDir)) {
            second.tell("run PT24H");
            assertThat(second.awaitLine("failed")).contains("25 h ago", "24 h");
            assertThat(second.awaitExit()).isEqualTo(3);
        }
    }

    @Test
    void failedJobEndsTheProcessWithItsCause() throws Exception {
        Files.writeString(dataDir.resolve("counts.txt.fail"), "");
        try (RunningJob job = RunningJob.start(dataDir, "-D", "restart-strategy.type=none")) {
            job.tell("run PT24H");
            assertThat(job.awaitLine("failed")).contains("told to fail");
            assertThat(job.awaitExit()).isEqualTo(1);
        }
    }

    @Test
    void jobThatDoesNotEndIsWaitedForAsLongAsIsTold() throws Exception {
        Files.writeString(dataDir.resolve("counts.txt.slow"), "");
        try (RunningJob job = RunningJob.startAndRun(dataDir, "--cancel-patience", "PT0.5S")) {
            job.tell("stop");
            assertThat(job.awaitLine("stopped")).endsWith(", the job did not end in time");
            assertThat(job.awaitExit()).isZero();
        }
    }

    @Test
    void deathOfTheParentEndsTheProcess() throws Exception {
        try (RunningJob job = RunningJob.start(dataDir)) {
            job.awaitLine("cluster");
            job.closeInput();
            assertThat(job.awaitExit()).isEqualTo(1);
        }
    }

    private void assertNothingForgotten(long linesBefore) throws IOException {
        List<String> lines = counts();
        for (String line : lines) {
            String[] parts = line.split(" ");
            assertThat(Long.parseLong(parts[1])).as(line).isEqualTo(Long.parseLong(parts[0]) + 1);
        }
        long restartedAt = Long.parseLong(lines.get((int) linesBefore).split(" ")[0]);
        assertThat(restartedAt).as("first number after the restart").isPositive();
        assertThat(restartedAt).isLessThanOrEqualTo(linesBefore);
    }

    private List<String> counts() throws IOException {
        return Files.readAllLines(dataDir.resolve("counts.txt"));
    }

    private void awaitCheckpoints(int count) {
        await().atMost(Duration.ofSeconds(60)).until(() -> completedCheckpoints().size() >= count);
    }

    private List<Path> completedCheckpoints() throws IOException {
        Path checkpoints = dataDir.resolve("checkpoints");
        if (!Files.exists(checkpoints)) {
            return List.of();
        }
        try (Stream<Path> found = Files.find(checkpoints, 3, (p, a) -> p.endsWith("_metadata"))) {
            return found.map(Path::getParent)
                    .sorted((a, b) -> Long.compare(number(a), number(b)))
                    .toList();
        } catch (java.io.UncheckedIOException e) {
            return List.of(); // a checkpoint was removed while we looked
        }
    }

    private static long number(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().substring("chk-".length()));
    }
}
