package io.sluice.local.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.local.job.CheckpointStore.Contents;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RestorePointTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration DAY = Duration.ofHours(24);

    @Test
    void nothingStoredIsAStartFromEmptyState() throws UnusableStateException {
        assertThat(RestorePoint.pick(contents(), NOW, DAY)).isEmpty();
    }

    @Test
    void highestNumberIsTheNewestWhateverItsFilesTime() throws UnusableStateException {
        StoredCheckpoint copiedLast = checkpoint(7, NOW);
        StoredCheckpoint newest = checkpoint(8, NOW.minusSeconds(60));
        assertThat(RestorePoint.pick(contents(copiedLast, newest), NOW, DAY)).contains(newest);
    }

    @Test
    void checkpointAsOldAsTheRetentionIsStillGood() throws UnusableStateException {
        assertThat(RestorePoint.pick(contents(checkpoint(1, NOW.minus(DAY))), NOW, DAY))
                .isPresent();
    }

    @Test
    void checkpointOlderThanTheRetentionIsRefusedWithAWayOut() {
        Contents stored = contents(checkpoint(1, NOW.minus(DAY).minusMillis(1)));
        assertThatThrownBy(() -> RestorePoint.pick(stored, NOW, DAY))
                .isInstanceOf(UnusableStateException.class)
                .hasMessageContaining("24 h ago")
                .hasMessageContaining("--accept-gap");
    }

    @Test
    void onlyUnreadableCheckpointsAreNotTakenForNone() {
        Contents stored =
                new Contents(
                        List.of(), new TreeMap<>(Map.of(Path.of("chk-3"), "a file is missing")));
        assertThatThrownBy(() -> RestorePoint.pick(stored, NOW, DAY))
                .isInstanceOf(UnusableStateException.class)
                .hasMessageContaining("chk-3: a file is missing");
    }

    private static StoredCheckpoint checkpoint(long id, Instant completedAt) {
        return new StoredCheckpoint(Path.of("job", "chk-" + id), id, completedAt);
    }

    private static Contents contents(StoredCheckpoint... readable) {
        return new Contents(
                Stream.of(readable).sorted(StoredCheckpoint.NEWEST_FIRST).toList(),
                new TreeMap<>());
    }
}
