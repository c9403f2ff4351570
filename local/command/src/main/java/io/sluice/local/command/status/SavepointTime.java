package io.sluice.local.command.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Writes into a savepoint when it was completed, because a copy's files are as old as the copy: the
 * job refuses one that is older than the stream's records.
 */
public final class SavepointTime {
    /** The file's name; {@code CompletionTime} of the job has the same. */
    static final String FILE = "completed-at";

    private SavepointTime() {}

    /** Notes the time in the savepoint's directory. */
    public static void note(Path directory, Instant completedAt) throws IOException {
        Files.writeString(directory.resolve(FILE), completedAt + "\n");
    }
}
