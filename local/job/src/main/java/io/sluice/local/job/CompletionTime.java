package io.sluice.local.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * When something stored was completed. The time of its metadata file is that of the last copy; a
 * savepoint, which is there to be copied, has a file beside it with the time in ISO 8601, which
 * {@code sluice savepoint} writes. The older of the two counts.
 */
final class CompletionTime {
    /** The file's name; {@code SavepointTime} of the command has the same. */
    static final String FILE = "completed-at";

    private static final int MOST_SHOWN = 40;

    private CompletionTime() {}

    /**
     * The time of what lies in a directory.
     *
     * @throws IOException when there is a file that tells no time
     */
    static Instant of(Path directory, Path metadata) throws IOException {
        Instant written = Files.getLastModifiedTime(metadata).toInstant();
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return written;
        }
        Instant told = read(file);
        return told.isBefore(written) ? told : written;
    }

    private static Instant read(Path file) throws IOException {
        String text = Files.readString(file).strip();
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IOException(
                    file
                            + " has '"
                            + text.substring(0, Math.min(MOST_SHOWN, text.length()))
                            + "' instead of a time such as 2026-11-26T12:00:00Z. Copy it anew, or"
                            + " remove it to go by the age of the files",
                    e);
        }
    }
}
