package io.sluice.sinks.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An archive on a local disk, for whoever only reads it and has no Flink. Thread-safe. */
public final class FolderArchive implements ArchiveReading {
    private final Path root;

    /** The archive in that folder, which need not be there yet. */
    public FolderArchive(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public List<String> list(String folder) throws IOException {
        try (Stream<Path> found = Files.list(path(folder))) {
            return found.map(file -> file.getFileName().toString())
                    .sorted()
                    .collect(Collectors.toList());
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    @Override
    public ArchiveFile open(String name) throws IOException {
        return ArchiveFile.open(path(name));
    }

    private Path path(String name) {
        Path path = root.resolve(name).normalize();
        if (!path.startsWith(root)) {
            throw new IllegalArgumentException("leads out of the archive: " + name);
        }
        return path;
    }
}
