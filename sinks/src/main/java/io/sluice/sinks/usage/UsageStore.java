package io.sluice.sinks.usage;

import io.sluice.contract.UsageItem;
import java.io.Serializable;
import java.util.concurrent.CompletableFuture;

/** Where usage windows are put; a lower version never overwrites a higher one. Thread-safe. */
public interface UsageStore extends AutoCloseable {
    /**
     * Stores a window's counts unless the stored version is the same or higher. Completes with true
     * if this item was written, with false if what stood already is as new. Fails with a {@link
     * io.sluice.sinks.aws.StoreException}, bare or as a cause.
     */
    CompletableFuture<Boolean> putIfNewer(UsageItem item);

    /** Ends it; calls under way may fail. */
    @Override
    void close();

    /** Opens a store where the job runs. */
    @FunctionalInterface
    interface Factory extends Serializable {
        /** A store for up to {@code maxConcurrency} puts at once; the caller closes it. */
        UsageStore open(int maxConcurrency);
    }
}
