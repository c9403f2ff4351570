package io.sluice.sinks.archive;

import java.io.IOException;
import java.util.List;

/** An archive as its readers see it. Names are paths below it with {@code /} between folders. */
public interface ArchiveReading {
    /** Names, without the folder, of what lies in a folder, sorted; none if it is not there. */
    List<String> list(String folder) throws IOException;

    /** An archive file's records, to be closed. */
    ArchiveFile open(String name) throws IOException;
}
