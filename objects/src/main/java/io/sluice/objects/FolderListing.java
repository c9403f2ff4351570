package io.sluice.objects;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A part of a folder's files, in the order of their keys part by part, behind a key; files that go
 * meanwhile are left out. Directories without anything in them are left out too.
 */
final class FolderListing {
    private final Path root;
    private final String[] after;
    private final int limit;
    private final List<ObjectStore.Entry> found = new ArrayList<>();

    FolderListing(Path root, String after, int limit) {
        this.root = root;
        this.after = after.split("/");
        this.limit = limit;
    }

    List<ObjectStore.Entry> entries() throws IOException {
        walk(root, "", 0, true);
        return found;
    }

    static long writtenAtMillis(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (NoSuchFileException e) {
            return Long.MAX_VALUE;
        }
    }

    /** False if there is something in it. */
    static boolean removeIfEmpty(Path directory) throws IOException {
        try {
            Files.deleteIfExists(directory);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }

    /**
     * @param bounded whether all names up to here are those of {@code after}, so that what lies
     *     before it is still to be skipped
     */
    private void walk(Path directory, String prefix, int depth, boolean bounded)
            throws IOException {
        String from = bounded && depth < after.length ? after[depth] : "";
        for (var child : children(directory).tailMap(from, true).entrySet()) {
            if (found.size() >= limit) {
                return;
            }
            String name = child.getKey();
            boolean stillBounded = bounded && name.equals(from);
            if (Files.isDirectory(child.getValue())) {
                walk(child.getValue(), prefix + name + '/', depth + 1, stillBounded);
            } else if (!stillBounded) {
                long writtenAtMillis = writtenAtMillis(child.getValue());
                if (writtenAtMillis != Long.MAX_VALUE) {
                    found.add(new ObjectStore.Entry(prefix + name, writtenAtMillis));
                }
            }
        }
    }

    private static NavigableMap<String, Path> children(Path directory) throws IOException {
        TreeMap<String, Path> children = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (!name.startsWith(".")) {
                    children.put(name, entry);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return new TreeMap<>();
        }
        return children;
    }
}
