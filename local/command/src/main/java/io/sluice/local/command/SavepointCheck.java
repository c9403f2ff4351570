package io.sluice.local.command;

import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether a path can be a savepoint before anything is started; the job looks into it. */
final class SavepointCheck {
    private static final String METADATA = "_metadata";

    private SavepointCheck() {}

    /**
     * The absolute path of a savepoint's directory, also if its metadata file was named.
     *
     * @throws FindingException if there is none
     */
    static Path usable(Path path) throws FindingException {
        Path absolute = path.toAbsolutePath().normalize();
        Path directory = absolute.endsWith(METADATA) ? absolute.getParent() : absolute;
        if (directory == null || !Files.isDirectory(directory)) {
            throw new FindingException("--from-savepoint " + path + ": there is no such directory");
        }
        if (!Files.isRegularFile(directory.resolve(METADATA))) {
            throw new FindingException(
                    "--from-savepoint "
                            + path
                            + " is no savepoint: it has no file "
                            + METADATA
                            + ". Name the directory that 'sluice savepoint' printed");
        }
        return directory;
    }
}
