package io.sluice.local.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A person's choice to go on from a certain savepoint: what was stored before that choice no longer
 * counts, even if it is newer. It is kept in a file, so that a restart within the same start goes
 * on from what was stored since and does not fall back to the savepoint once more.
 *
 * @param savepoint the directory that was chosen
 * @param start which start of the system it was chosen for
 * @param chosenAt when it was chosen: checkpoints that were completed later belong to the job that
 *     went on from it
 */
record ChosenStart(Path savepoint, String start, Instant chosenAt) {
    private static final String FILE = "chosen-savepoint";

    /** The last choice that was made; empty when there was none. */
    static Optional<ChosenStart> read(Path dataDir) throws IOException {
        Path file = dataDir.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.size() != 3) {
            throw new IOException(
                    file
                            + " has "
                            + lines.size()
                            + " lines instead of 3. Start with --from-savepoint once more, or"
                            + " remove it to start from the newest checkpoint.");
        }
        return Optional.of(
                new ChosenStart(
                        Path.of(lines.get(0)),
                        lines.get(1),
                        Instant.ofEpochMilli(Long.parseLong(lines.get(2)))));
    }

    /** Keeps the choice. */
    void write(Path dataDir) throws IOException {
        Path part = dataDir.resolve(FILE + ".part");
        Files.write(
                part, List.of(savepoint.toString(), start, Long.toString(chosenAt.toEpochMilli())));
        Files.move(
                part,
                dataDir.resolve(FILE),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Of what is stored, what counts after the choice. */
    CheckpointStore.Contents since(CheckpointStore.Contents stored) {
        return new CheckpointStore.Contents(
                stored.readable().stream()
                        .filter(each -> each.completedAt().isAfter(chosenAt))
                        .toList(),
                stored.unreadable());
    }
}
