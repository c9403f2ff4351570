package io.sluice.objects;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Objects as files below one folder, a directory for each part of the key. A file appears whole or
 * not at all: it is written and forced to disk under another name and then moved. Several processes
 * may share the folder. What a killed process left half-written lies in {@code .incoming} and is
 * removed by {@link #removeLeftovers}.
 */
final class FolderObjectStore implements ObjectStore {
    static final String INCOMING = ".incoming";
    private static final int THREADS = 4;
    private static final int MOVES = 3;

    private final Path root;
    private final Path incoming;
    private final ExecutorService threads;

    /** Objects below that folder, which is made if it is missing. */
    FolderObjectStore(Path root) {
        this.root = root;
        this.incoming = root.resolve(INCOMING);
        try {
            Files.createDirectories(incoming);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the folder of large payloads, " + root + ", cannot be made: " + e, e);
        }
        this.threads =
                Executors.newFixedThreadPool(
                        THREADS,
                        work -> {
                            Thread thread = new Thread(work, "payload-folder");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    @Override
    public CompletableFuture<Void> putIfAbsent(String key, byte[] bytes) {
        return call(
                key,
                () -> {
                    Path file = file(key);
                    if (!Files.exists(file) || Files.size(file) != bytes.length) {
                        write(file, bytes);
                    }
                    return null;
                });
    }

    @Override
    public CompletableFuture<Optional<byte[]>> get(String key, int most) {
        return call(
                key,
                () -> {
                    try (FileChannel channel =
                            FileChannel.open(file(key), StandardOpenOption.READ)) {
                        return Optional.of(read(channel, most));
                    } catch (NoSuchFileException e) {
                        return Optional.empty();
                    }
                });
    }

    @Override
    public CompletableFuture<Void> delete(String key) {
        return call(
                key,
                () -> {
                    Path file = file(key);
                    Files.deleteIfExists(file);
                    for (Path d = parent(file); !d.equals(root); d = parent(d)) {
                        if (!FolderListing.removeIfEmpty(d)) {
                            break;
                        }
                    }
                    return null;
                });
    }

    @Override
    public CompletableFuture<List<Entry>> list(@Nullable String after, int limit) {
        return call(
                root.toString(),
                () -> new FolderListing(root, after == null ? "" : after, limit).entries());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    @Override
    public CompletableFuture<Void> removeLeftovers(long writtenBeforeMillis) {
        return call(
                INCOMING,
                () -> {
                    try (var files = Files.newDirectoryStream(incoming)) {
                        for (Path file : files) {
                            if (FolderListing.writtenAtMillis(file) < writtenBeforeMillis) {
                                Files.deleteIfExists(file);
                            }
                        }
                    }
                    return null;
                });
    }

    private void write(Path file, byte[] bytes) throws IOException {
        Path draft = Files.createTempFile(incoming, "payload-", ""); // for its owner only
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            move(draft, file);
            forceNames(file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** A sweep may remove the directory while it is empty. */
    private static void move(Path draft, Path file) throws IOException {
        for (int left = MOVES; ; left--) {
            Files.createDirectories(parent(file));
            try {
                Files.move(
                        draft,
                        file,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
                return;
            } catch (NoSuchFileException e) {
                if (left == 1) {
                    throw e;
                }
            }
        }
    }

    /** A file is there after a power failure when the names on the way to it are on disk, too. */
    private void forceNames(Path file) throws IOException {
        for (Path directory = parent(file); ; directory = parent(directory)) {
            force(directory);
            if (directory.equals(root)) {
                return;
            }
        }
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (NoSuchFileException e) {
            throw new IOException("the directory went while a file was moved into it", e);
        }
    }

    private static byte[] read(FileChannel channel, int most) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(channel.size(), most));
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // until it is full or the file ends
        }
        byte[] bytes = new byte[buffer.position()];
        buffer.flip();
        buffer.get(bytes);
        return bytes;
    }

    /** Keys are made of checked parts; this is against whoever forgets. */
    private Path file(String key) {
        Path file = root.resolve(key).normalize();
        if (!file.startsWith(root) || file.startsWith(incoming) || file.equals(root)) {
            throw new IllegalArgumentException("the key leads out of the folder");
        }
        return file;
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalStateException(file + " is in no folder");
        }
        return parent;
    }

    private <T> CompletableFuture<T> call(String what, Callable<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            threads.execute(
                    () -> {
                        try {
                            answer.complete(work.call());
                        } catch (Exception e) {
                            answer.completeExceptionally(failure(what, e));
                        }
                    });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(failure(what, e));
        }
        return answer;
    }

    private static ObjectStoreException failure(String what, Exception cause) {
        return new ObjectStoreException(
                cause instanceof IOException,
                what + ": " + cause.getClass().getSimpleName(),
                cause);
    }
}
