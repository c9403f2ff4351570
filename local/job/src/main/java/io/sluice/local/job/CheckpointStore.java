package io.sluice.local.job;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;

/**
 * The completed checkpoints and savepoints on disk, over all jobs that ever ran here: {@code
 * checkpoints/<job>/chk-<n>/_metadata} and {@code savepoints/<name>/_metadata}. What has no
 * metadata was never completed and does not count.
 */
final class CheckpointStore {
    private static final String METADATA = "_metadata";

    private final Path checkpoints;
    private final Path savepoints;

    CheckpointStore(Path checkpoints, Path savepoints) {
        this.checkpoints = checkpoints;
        this.savepoints = savepoints;
    }

    /**
     * What is stored.
     *
     * @param readable newest first
     * @param unreadable why each of the others cannot be restored, by its directory
     */
    record Contents(List<StoredCheckpoint> readable, TreeMap<Path, String> unreadable) {}

    /** Reads the metadata of everything that is stored and looks for the files it refers to. */
    Contents read() throws IOException {
        List<Path> completed = new ArrayList<>();
        for (Path job : directories(checkpoints)) {
            completed.addAll(completedIn(job));
        }
        completed.addAll(completedIn(savepoints));
        List<StoredCheckpoint> readable = new ArrayList<>();
        TreeMap<Path, String> unreadable = new TreeMap<>();
        for (Path directory : completed) {
            try {
                readable.add(readOne(directory));
            } catch (IOException | RuntimeException e) {
                unreadable.put(directory, String.valueOf(e.getMessage()));
            }
        }
        readable.sort(StoredCheckpoint.NEWEST_FIRST);
        return new Contents(readable, unreadable);
    }

    /** Directories of jobs below the checkpoint directory that hold none of these checkpoints. */
    List<Path> jobsWithoutAnyOf(List<StoredCheckpoint> kept) throws IOException {
        return directories(checkpoints).stream()
                .filter(job -> kept.stream().noneMatch(c -> c.directory().startsWith(job)))
                .toList();
    }

    /**
     * A savepoint or checkpoint that a person named.
     *
     * @throws UnusableStateException when it cannot be read, with what was seen there
     */
    static StoredCheckpoint named(Path directory) throws UnusableStateException {
        if (!Files.isRegularFile(directory.resolve(METADATA))) {
            throw new UnusableStateException(
                    directory
                            + (Files.exists(directory)
                                    ? " is no savepoint: it has no file _metadata."
                                    : " does not exist.")
                            + " Name the directory that 'sluice savepoint' printed.");
        }
        try {
            return readOne(directory);
        } catch (IOException | RuntimeException e) {
            throw new UnusableStateException(
                    "the savepoint "
                            + directory
                            + " cannot be read: "
                            + e.getMessage()
                            + ". Choose another one, or start without --from-savepoint from the"
                            + " newest checkpoint.");
        }
    }

    /** The metadata of something stored; its files are not looked at. */
    static CheckpointMetadata metadata(Path directory) throws IOException {
        try (DataInputStream in =
                new DataInputStream(
                        new BufferedInputStream(
                                Files.newInputStream(directory.resolve(METADATA))))) {
            return Checkpoints.loadCheckpointMetadata(
                    in, CheckpointStore.class.getClassLoader(), FlinkPath.of(directory));
        }
    }

    private static StoredCheckpoint readOne(Path directory) throws IOException {
        CheckpointMetadata metadata = metadata(directory);
        StateFiles.of(metadata).requirePresent();
        return new StoredCheckpoint(
                directory,
                metadata.getCheckpointId(),
                CompletionTime.of(directory, directory.resolve(METADATA)));
    }

    private static List<Path> completedIn(Path directory) throws IOException {
        return directories(directory).stream()
                .filter(each -> Files.exists(each.resolve(METADATA)))
                .toList();
    }

    private static List<Path> directories(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory).sorted().toList();
        }
    }
}
