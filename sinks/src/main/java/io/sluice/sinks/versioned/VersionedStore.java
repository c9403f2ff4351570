package io.sluice.sinks.versioned;

import io.sluice.contract.VersionedItem;
import java.io.Serializable;
import java.util.concurrent.CompletableFuture;

/** Where items are put; a lower version never overwrites a higher one. Thread-safe. */
public interface VersionedStore<T extends VersionedItem> extends AutoCloseable {
    /**
     * Stores an item unless the stored version is the same or higher. Completes with true if this
     * item was written, with false if what stood already is as new. Fails with a {@link
     * io.sluice.sinks.aws.StoreException}, bare or as a cause.
     */
    CompletableFuture<Boolean> putIfNewer(T item);

    /** Ends it; calls under way may fail. */
    @Override
    void close();

    /** Opens a store where the job runs. */
    @FunctionalInterface
    interface Factory<T extends VersionedItem> extends Serializable {
        /** A store for up to {@code maxConcurrency} puts at once; the caller closes it. */
        VersionedStore<T> open(int maxConcurrency);
    }
}
