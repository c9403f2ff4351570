package io.sluice.local.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start with {@code --from-savepoint} goes on from, and what later ones do. */
class StartsTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration DAY = Duration.ofHours(24);

    @TempDir Path directory;

    @Test
    void chosenSavepointGoesBeforeANewerCheckpoint() throws Exception {
        Path savepoint = write("savepoints/s", 3, NOON.minusSeconds(60));
        write("checkpoints/job-a/chk-9", 9, NOON.minusSeconds(1));
        assertThat(from(savepoint, "first", NOON)).isEqualTo(savepoint);
    }

    @Test
    void restartWithinTheSameStartGoesOnFromWhatWasStoredSince() throws Exception {
        Path savepoint = write("savepoints/s", 3, NOON.minusSeconds(60));
        write("checkpoints/job-a/chk-9", 9, NOON.minusSeconds(1));
        from(savepoint, "first", NOON);
        assertThat(from(savepoint, "first", NOON.plusSeconds(5))).isEqualTo(savepoint);
        Path since = write("checkpoints/job-b/chk-4", 4, NOON.plusSeconds(10));
        assertThat(from(savepoint, "first", NOON.plusSeconds(20))).isEqualTo(since);
    }

    @Test
    void laterStartWithoutAChoiceGoesOnFromWhatWasStoredSinceTheChoice() throws Exception {
        Path savepoint = write("savepoints/s", 3, NOON.minusSeconds(60));
        write("checkpoints/job-a/chk-9", 9, NOON.minusSeconds(1));
        from(savepoint, "first", NOON);
        Path since = write("checkpoints/job-b/chk-4", 4, NOON.plusSeconds(10));
        assertThat(newest(NOON.plusSeconds(20))).isEqualTo(since);
    }

    @Test
    void savepointCanBeChosenOnceMore() throws Exception {
        Path savepoint = write("savepoints/s", 3, NOON.minusSeconds(60));
        from(savepoint, "first", NOON);
        write("checkpoints/job-b/chk-4", 4, NOON.plusSeconds(10));
        assertThat(from(savepoint, "second", NOON.plusSeconds(20))).isEqualTo(savepoint);
    }

    @Test
    void startThatChoosesKeepsEverythingAndTheNextOneWhatCounts() throws Exception {
        Path savepoint = write("savepoints/s", 3, NOON.minusSeconds(60));
        write("checkpoints/job-a/chk-9", 9, NOON.minusSeconds(1));
        Starts choosing = starts();
        choosing.from(savepoint, "first", NOON, DAY);
        assertThat(choosing.kept(3)).hasSize(2);
        Path since = write("checkpoints/job-b/chk-4", 4, NOON.plusSeconds(10));
        assertThat(starts().kept(3))
                .extracting(StoredCheckpoint::directory)
                .containsExactlyInAnyOrder(since, savepoint);
    }

    @Test
    void pathThatIsNoSavepointIsRefusedAndNotRemembered() throws Exception {
        Path checkpoint = write("checkpoints/job-a/chk-9", 9, NOON.minusSeconds(1));
        assertThatThrownBy(() -> from(directory.resolve("nowhere"), "first", NOON))
                .isInstanceOf(UnusableStateException.class)
                .hasMessageContaining("does not exist");
        Path empty = Files.createDirectories(directory.resolve("empty"));
        assertThatThrownBy(() -> from(empty, "first", NOON))
                .isInstanceOf(UnusableStateException.class)
                .hasMessageContaining("no file _metadata");
        assertThat(newest(NOON)).isEqualTo(checkpoint);
    }

    @Test
    void savepointWithAMissingFileIsRefusedByName() throws Exception {
        Path savepoint = write("savepoints/s", 3, NOON.minusSeconds(60));
        Files.delete(savepoint.resolve("state"));
        assertThatThrownBy(() -> from(savepoint, "first", NOON))
                .isInstanceOf(UnusableStateException.class)
                .hasMessageContaining("cannot be read")
                .hasMessageContaining("does not exist");
    }

    @Test
    void savepointOlderThanTheStreamsRetentionIsRefused() throws Exception {
        Path savepoint = write("savepoints/s", 3, NOON.minus(DAY).minusSeconds(1));
        assertThatThrownBy(() -> from(savepoint, "first", NOON))
                .isInstanceOf(UnusableStateException.class)
                .hasMessageContaining("--accept-gap");
    }

    private Path from(Path savepoint, String start, Instant now) throws Exception {
        return starts().from(savepoint, start, now, DAY).orElseThrow().directory();
    }

    private Path newest(Instant now) throws Exception {
        Optional<StoredCheckpoint> newest = starts().newest(now, DAY);
        return newest.orElseThrow().directory();
    }

    private Starts starts() throws IOException {
        return new Starts(
                directory,
                new CheckpointStore(
                                directory.resolve("checkpoints"), directory.resolve("savepoints"))
                        .read());
    }

    private Path write(String name, long id, Instant completedAt) throws IOException {
        Path checkpoint = CheckpointStoreTest.write(directory, name, id);
        Files.setLastModifiedTime(checkpoint.resolve("_metadata"), FileTime.from(completedAt));
        return checkpoint;
    }
}
