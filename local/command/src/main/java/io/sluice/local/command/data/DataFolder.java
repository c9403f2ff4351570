package io.sluice.local.command.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The one folder that holds everything of a running system. */
public final class DataFolder {
    private final Path root;

    private DataFolder(Path root) {
        this.root = root;
    }

    /** The folder at this path, which need not exist. */
    public static DataFolder at(Path path) {
        return new DataFolder(path.toAbsolutePath().normalize());
    }

    public Path root() {
        return root;
    }

    public Path endpoints() {
        return root.resolve("endpoints.json");
    }

    public Path keys() {
        return root.resolve("keys.json");
    }

    public Path mirror() {
        return root.resolve("mirror.json");
    }

    public Path run() {
        return root.resolve("run.json");
    }

    public Path requestIdSecrets() {
        return root.resolve("request-id-secrets");
    }

    /** The private key that digests of the audit archive are signed with. */
    public Path auditKey() {
        return root.resolve("audit-key.pem");
    }

    /** The file of a process's log lines. */
    public Path log(String process) {
        return root.resolve("logs").resolve(process + ".log");
    }

    /** The file of what a process writes to standard error. */
    public Path standardError(String process) {
        return root.resolve("logs").resolve(process + ".stderr");
    }

    /** Where a process may leave files that are worthless after it. */
    public Path scratch(String process) {
        return root.resolve("tmp").resolve(process);
    }

    /** Where a part keeps its data. */
    public Path part(String name) {
        return root.resolve(name);
    }

    /** Makes the folder and what it must contain. */
    public void create() throws IOException {
        Files.createDirectories(root.resolve("logs"));
        Files.createDirectories(root.resolve("tmp"));
    }

    /**
     * Takes the folder for this process until it ends.
     *
     * @return the lock, to be kept open; null when another process has it
     */
    public @Nullable FileChannel lock() throws IOException {
        FileChannel channel =
                FileChannel.open(
                        root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Another thread of this process has it: the same answer.
        }
        channel.close();
        return null;
    }
}
