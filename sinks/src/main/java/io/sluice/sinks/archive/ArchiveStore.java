package io.sluice.sinks.archive;

import java.io.IOException;
import java.io.InputStream;

/**
 * The folder of an archive. Names are paths below it with {@code /} between folders. May be used by
 * one thread at a time.
 */
public interface ArchiveStore extends ArchiveReading {
    /** The bytes of a file, to be closed. */
    InputStream read(String name) throws IOException;

    /** Whether there is a file of that name. */
    boolean exists(String name) throws IOException;

    /** Writes a file whole or not at all; what was there under its name is replaced. */
    void put(String name, byte[] content) throws IOException;

    /** Deletes a file if it is there. */
    void delete(String name) throws IOException;
}
