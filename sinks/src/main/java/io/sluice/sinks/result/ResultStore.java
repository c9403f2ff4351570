package io.sluice.sinks.result;

import io.sluice.contract.Isolation;
import io.sluice.contract.ResultItem;
import java.io.Serializable;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where the final word on a request is put, once. Thread-safe. */
public interface ResultStore extends AutoCloseable {
    /**
     * Stores a final result unless there is one already, and completes with the one that stands:
     * the given one, or the earlier. A job that restarts puts again and adopts what is already
     * visible.
     *
     * <p>Fails with a {@link io.sluice.sinks.aws.StoreException}, bare or as a cause; whether the
     * item was stored is then unknown, and putting it again is safe.
     */
    CompletableFuture<ResultItem> putFinal(ResultItem item);

    /**
     * The final result of a request, if there is one; sees every put made before. Fails as {@link
     * #putFinal} does.
     *
     * @param isolation that of the request's policy, by which its result was put
     */
    CompletableFuture<Optional<ResultItem>> find(
            String tenantId, String requestId, Isolation isolation);

    /** Ends it; calls under way may fail. */
    @Override
    void close();

    /** Opens a store where the job runs. */
    @FunctionalInterface
    interface Factory extends Serializable {
        /** A store for up to {@code maxConcurrency} puts at once; the caller closes it. */
        ResultStore open(int maxConcurrency);
    }
}
