package io.sluice.local.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.OperatorStreamStateHandle;
import org.apache.flink.runtime.state.filesystem.FileStateHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
    @TempDir Path directory;

    @Test
    void checkpointsAndSavepointsOfAllJobsAreFoundNewestFirst() throws IOException {
        Path second = write("checkpoints/job-a/chk-2", 2);
        Path fifth = write("checkpoints/job-b/chk-5", 5);
        Path third = write("savepoints/by-hand", 3);
        Files.createDirectories(directory.resolve("checkpoints/job-b/chk-6"));
        assertThat(store().read().readable())
                .extracting(StoredCheckpoint::directory)
                .containsExactly(fifth, third, second);
    }

    @Test
    void missingStateFileMakesACheckpointUnreadable() throws IOException {
        Path checkpoint = write("checkpoints/job/chk-1", 1);
        Files.delete(checkpoint.resolve("state"));
        assertThat(store().read().readable()).isEmpty();
        assertThat(store().read().unreadable().get(checkpoint)).contains("does not exist");
    }

    @Test
    void cutStateFileMakesACheckpointUnreadable() throws IOException {
        Path checkpoint = write("checkpoints/job/chk-1", 1);
        Files.writeString(checkpoint.resolve("state"), "12");
        assertThat(store().read().unreadable().get(checkpoint)).contains("2 bytes instead of 5");
    }

    @Test
    void garbledMetadataMakesACheckpointUnreadable() throws IOException {
        Path checkpoint = write("checkpoints/job/chk-1", 1);
        Files.writeString(checkpoint.resolve("_metadata"), "garbage");
        assertThat(store().read().unreadable()).containsOnlyKeys(checkpoint);
    }

    /** A copy's files are new; what it holds is not. */
    @Test
    void copiedSavepointIsAsOldAsItWasCompleted() throws Exception {
        Path copy = write("savepoints/copied", 1);
        Instant completed = Instant.now().minus(Duration.ofDays(8)).truncatedTo(ChronoUnit.MILLIS);
        Files.writeString(copy.resolve(CompletionTime.FILE), completed + "\n");
        StoredCheckpoint named = CheckpointStore.named(copy);
        assertThat(named.completedAt()).isEqualTo(completed);
        assertThatThrownBy(
                        () -> RestorePoint.requireYoung(named, Instant.now(), Duration.ofDays(7)))
                .isInstanceOf(UnusableStateException.class);

        Files.writeString(copy.resolve(CompletionTime.FILE), "2999-01-01T00:00:00Z");
        assertThat(CheckpointStore.named(copy).completedAt()).isBefore(Instant.now());
        Files.writeString(copy.resolve(CompletionTime.FILE), "yesterday");
        assertThatThrownBy(() -> CheckpointStore.named(copy))
                .hasMessageContaining("'yesterday' instead of a time");
    }

    @Test
    void jobsThatHoldNothingWorthKeepingAreNamed() throws IOException {
        write("checkpoints/job-a/chk-1", 1);
        write("checkpoints/job-b/chk-2", 2);
        Files.createDirectories(directory.resolve("checkpoints/job-c/chk-3"));
        List<StoredCheckpoint> newest = store().read().readable().subList(0, 1);
        assertThat(store().jobsWithoutAnyOf(newest))
                .containsExactly(
                        directory.resolve("checkpoints/job-a"),
                        directory.resolve("checkpoints/job-c"));
    }

    private CheckpointStore store() {
        return new CheckpointStore(
                directory.resolve("checkpoints"), directory.resolve("savepoints"));
    }

    /** A checkpoint with one operator whose state is a file of five bytes. */
    private Path write(String name, long id) throws IOException {
        return write(directory, name, id);
    }

    /** The same below any directory. */
    static Path write(Path directory, String name, long id) throws IOException {
        Path checkpoint = Files.createDirectories(directory.resolve(name));
        Path state = Files.writeString(checkpoint.resolve("state"), "12345");
        OperatorState operator = new OperatorState(new OperatorID(1, 2), 1, 128);
        OperatorStateHandle handle =
                new OperatorStreamStateHandle(
                        Map.of(),
                        new FileStateHandle(
                                org.apache.flink.core.fs.Path.fromLocalFile(state.toFile()), 5));
        operator.putState(
                0, OperatorSubtaskState.builder().setManagedOperatorState(handle).build());
        try (DataOutputStream out =
                new DataOutputStream(Files.newOutputStream(checkpoint.resolve("_metadata")))) {
            Checkpoints.storeCheckpointMetadata(
                    new CheckpointMetadata(id, List.of(operator), List.of()), out);
        }
        return checkpoint;
    }
}
