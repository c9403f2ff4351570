package io.sluice.local.kinesis.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directory of one server, locked against every other process while open. */
public final class DataDirectory implements Closeable {
    private static final String METADATA = "metadata.json";

    private final Path root;
    private final FileChannel lockChannel;

    private DataDirectory(Path root, FileChannel lockChannel) {
        this.root = root;
        this.lockChannel = lockChannel;
    }

    /**
     * Makes and locks the directory.
     *
     * @throws IOException if another server, of this process or another, has it open
     */
    public static DataDirectory open(Path root) throws IOException {
        Files.createDirectories(root);
        FileChannel channel =
                FileChannel.open(
                        root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new IOException(
                    "The data directory "
                            + root
                            + " is in use by another server; stop it or choose another directory.");
        }
        return new DataDirectory(root, channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** The metadata last written, null if there is none. */
    public byte @Nullable [] readMetadata() throws IOException {
        try {
            return Files.readAllBytes(root.resolve(METADATA));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Replaces the metadata at once: a reader after a crash sees the old or the new bytes. */
    public void writeMetadata(byte[] bytes) throws IOException {
        Path next = root.resolve(METADATA + ".next");
        try (FileChannel channel =
                FileChannel.open(
                        next,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(false);
        }
        Files.move(
                next,
                root.resolve(METADATA),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Where the shards of a stream lie. */
    public Path streamDirectory(long streamId) {
        return root.resolve("streams").resolve(Long.toString(streamId));
    }

    public Path shardDirectory(long streamId, int shardIndex) {
        return streamDirectory(streamId).resolve(Integer.toString(shardIndex));
    }

    /** Removes a directory with everything in it; a missing one is fine. */
    public static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> contents;
        try (Stream<Path> walked = Files.walk(directory)) {
            contents = walked.sorted(Comparator.reverseOrder()).collect(Collectors.toList());
        }
        for (Path path : contents) {
            Files.deleteIfExists(path);
        }
    }

    /** The stream ids that have a directory. */
    public List<Long> streamIds() throws IOException {
        Path streams = root.resolve("streams");
        if (!Files.exists(streams)) {
            return List.of();
        }
        try (Stream<Path> listed = Files.list(streams)) {
            return listed.map(p -> Long.parseLong(p.getFileName().toString()))
                    .collect(Collectors.toList());
        }
    }

    @Override
    public void close() throws IOException {
        lockChannel.close();
    }
}
