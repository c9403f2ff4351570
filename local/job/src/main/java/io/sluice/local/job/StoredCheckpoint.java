package io.sluice.local.job;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * A checkpoint or savepoint that was completed: a directory with a {@code _metadata} file.
 *
 * @param directory the directory that holds {@code _metadata}
 * @param checkpointId Flink's number of it; a restored job goes on counting, so it grows over jobs
 * @param completedAt when it was completed, see {@link CompletionTime}
 */
record StoredCheckpoint(Path directory, long checkpointId, Instant completedAt) {

    /** Newest first. */
    static final Comparator<StoredCheckpoint> NEWEST_FIRST =
            Comparator.comparingLong(StoredCheckpoint::checkpointId)
                    .thenComparing(StoredCheckpoint::completedAt)
                    .reversed();

    /** How long ago it was completed. */
    Duration age(Instant now) {
        return Duration.between(completedAt, now);
    }
}
