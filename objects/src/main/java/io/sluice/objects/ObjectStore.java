package io.sluice.objects;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Where objects lie by key. A key says what is in the object (it contains its hash), so an object
 * never changes and writing it again is harmless. Thread-safe; futures fail with an {@link
 * ObjectStoreException} when the store does not answer or refuses, and nothing else.
 */
public interface ObjectStore extends AutoCloseable {
    /** One object as a listing shows it. */
    final class Entry {
        private final String key;
        private final long writtenAtMillis;

        /** An object, and when it was written. */
        public Entry(String key, long writtenAtMillis) {
            this.key = key;
            this.writtenAtMillis = writtenAtMillis;
        }

        /** Its key. */
        public String key() {
            return key;
        }

        /** When it was written, epoch milliseconds by the store's clock. */
        public long writtenAtMillis() {
            return writtenAtMillis;
        }
    }

    /** Stores the bytes unless the key is there; when it completes they are there for good. */
    CompletableFuture<Void> putIfAbsent(String key, byte[] bytes);

    /**
     * The object's bytes, but at most the first {@code most}, so that an object which is not what
     * it should be cannot fill the memory; empty if there is none.
     */
    CompletableFuture<Optional<byte[]>> get(String key, int most);

    /** Removes an object; it need not be there. */
    CompletableFuture<Void> delete(String key);

    /**
     * At most {@code limit} objects behind {@code after}, in the store's own order; null begins.
     * Empty at the end.
     */
    CompletableFuture<List<Entry>> list(@Nullable String after, int limit);

    /** Removes what killed writers left half-written before that time, if the store knows such. */
    default CompletableFuture<Void> removeLeftovers(long writtenBeforeMillis) {
        return CompletableFuture.completedFuture(null);
    }

    /** Ends it; calls under way fail. */
    @Override
    void close();
}
