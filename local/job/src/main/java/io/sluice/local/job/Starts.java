package io.sluice.local.job;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which of all stored checkpoints and savepoints a start restores, and which ones are kept. */
final class Starts {
    private final Path dataDir;
    private final CheckpointStore.Contents stored;
    private Optional<ChosenStart> chosen;
    private boolean chosenNow;

    /**
     * @param dataDir where a person's choice of a savepoint is kept
     * @param stored all there is
     */
    Starts(Path dataDir, CheckpointStore.Contents stored) throws IOException {
        this.dataDir = dataDir;
        this.stored = stored;
        this.chosen = ChosenStart.read(dataDir);
    }

    /** The newest that counts; empty when nothing was ever completed. */
    Optional<StoredCheckpoint> newest(Instant now, Duration retention)
            throws UnusableStateException {
        if (chosen.isEmpty()) {
            return RestorePoint.pick(stored, now, retention);
        }
        CheckpointStore.Contents since = chosen.get().since(stored);
        return since.readable().isEmpty()
                ? Optional.of(savepoint(chosen.get().savepoint(), now, retention))
                : RestorePoint.pick(since, now, retention);
    }

    /**
     * The savepoint that a person chose for this start, or, when the process was restarted since,
     * the newest of what was stored since.
     */
    Optional<StoredCheckpoint> from(Path path, String start, Instant now, Duration retention)
            throws IOException, UnusableStateException {
        if (chosen.isEmpty() || !chosen.get().start().equals(start)) {
            StoredCheckpoint savepoint = savepoint(path, now, retention);
            ChosenStart choice = new ChosenStart(savepoint.directory(), start, now);
            choice.write(dataDir);
            chosen = Optional.of(choice);
            chosenNow = true;
        }
        return newest(now, retention);
    }

    /**
     * The newest few that count, and the chosen savepoint. In the start that chose it, everything
     * counts: a choice that turns out wrong can still be taken back.
     */
    List<StoredCheckpoint> kept(int most) {
        if (chosen.isEmpty() || chosenNow) {
            return chosenNow ? stored.readable() : stored.readable().stream().limit(most).toList();
        }
        List<StoredCheckpoint> kept =
                new ArrayList<>(
                        chosen.get().since(stored).readable().stream().limit(most).toList());
        stored.readable().stream()
                .filter(each -> each.directory().equals(chosen.get().savepoint()))
                .forEach(kept::add);
        return kept;
    }

    private static StoredCheckpoint savepoint(Path path, Instant now, Duration retention)
            throws UnusableStateException {
        StoredCheckpoint savepoint = CheckpointStore.named(path.toAbsolutePath().normalize());
        RestorePoint.requireYoung(savepoint, now, retention);
        return savepoint;
    }
}
