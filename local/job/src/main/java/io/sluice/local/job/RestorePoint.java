package io.sluice.local.job;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Picks what a start restores. */
final class RestorePoint {
    private RestorePoint() {}

    /**
     * The newest readable checkpoint; empty when nothing was ever completed.
     *
     * @param retention how long the events stream keeps its records
     * @throws UnusableStateException when none of what is stored can be read, or when records that
     *     followed the newest readable one may be gone from the stream
     */
    static Optional<StoredCheckpoint> pick(
            CheckpointStore.Contents stored, Instant now, Duration retention)
            throws UnusableStateException {
        if (stored.readable().isEmpty()) {
            if (stored.unreadable().isEmpty()) {
                return Optional.empty();
            }
            Map.Entry<Path, String> last = stored.unreadable().lastEntry();
            throw new UnusableStateException(
                    String.format(
                            "none of the %d stored checkpoints can be restored (%s: %s). Put the"
                                    + " files back, or move the checkpoints directory away to start"
                                    + " with empty state from the oldest record of the stream.",
                            stored.unreadable().size(), last.getKey(), last.getValue()));
        }
        StoredCheckpoint newest = stored.readable().get(0);
        requireYoung(newest, now, retention);
        return Optional.of(newest);
    }

    /**
     * Checks that the stream still has all records that followed.
     *
     * @throws UnusableStateException when some may be gone
     */
    static void requireYoung(StoredCheckpoint checkpoint, Instant now, Duration retention)
            throws UnusableStateException {
        if (checkpoint.age(now).compareTo(retention) > 0) {
            throw new UnusableStateException(
                    String.format(
                            "the checkpoint %s was completed %s ago, but the events stream"
                                    + " keeps records for only %s: what came in between may be lost."
                                    + " Start once with --accept-gap to go on from it all the same.",
                            checkpoint.directory(),
                            inHours(checkpoint.age(now)),
                            inHours(retention)));
        }
    }

    private static String inHours(Duration duration) {
        return duration.toHours() + " h";
    }
}
