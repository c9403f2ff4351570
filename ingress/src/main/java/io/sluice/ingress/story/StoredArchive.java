package io.sluice.ingress.story;

import io.sluice.objects.ObjectStore;
import io.sluice.sinks.archive.ArchiveFile;
import io.sluice.sinks.archive.ArchiveReading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** An archive in a bucket. Files are read whole, so there is a largest one. Blocks; thread-safe. */
final class StoredArchive implements ArchiveReading, AutoCloseable {
    /** Those of a checkpoint; larger ones are for {@code audit show}, which reads a copy. */
    static final int LARGEST_BYTES = 32 * 1024 * 1024;

    private static final int PAGE = 1_000;

    private final ObjectStore store;

    /** Takes the store over, whose order is by name. */
    StoredArchive(ObjectStore store) {
        this.store = store;
    }

    @Override
    public List<String> list(String folder) throws IOException {
        String prefix = folder + '/';
        List<String> names = new ArrayList<>();
        String after = prefix;
        while (after != null) {
            after = page(prefix, after, names);
        }
        return names;
    }

    /** Adds a page's names; gives the last key if there may be more. */
    private @Nullable String page(String prefix, String after, List<String> names)
            throws IOException {
        String last = null;
        for (ObjectStore.Entry entry : done(store.list(after, PAGE))) {
            if (!entry.key().startsWith(prefix)) {
                return null;
            }
            last = entry.key();
            String name = last.substring(prefix.length());
            if (name.indexOf('/') < 0) {
                names.add(name);
            }
        }
        return last;
    }

    @Override
    public ArchiveFile open(String name) throws IOException {
        Optional<byte[]> content = done(store.get(name, LARGEST_BYTES + 1));
        if (content.isEmpty()) {
            throw new IOException(name + " is not there any more");
        }
        if (content.get().length > LARGEST_BYTES) {
            throw new IOException(
                    name
                            + " has more than "
                            + LARGEST_BYTES
                            + " bytes, too many to be read here; 'bin/sluice audit show' reads a"
                            + " copy of the archive");
        }
        return ArchiveFile.open(content.get(), name);
    }

    /** The store ends its calls by itself, in time. */
    private static <T> T done(CompletableFuture<T> call) throws IOException {
        try {
            return call.join();
        } catch (CompletionException e) {
            throw new IOException("the archive's store does not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
