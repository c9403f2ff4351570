package io.sluice.ingress.batch;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where batches are kept. Reads see every write that was answered before. */
interface BatchStore {
    /**
     * Stores a batch and its entries unless there is one of that id; the batch that stands. Either
     * all entries are there afterwards or, if this fails, the batch is not.
     */
    CompletableFuture<Batch> commit(Batch batch, List<BatchEntry> entries);

    /** The batch of that id. */
    CompletableFuture<Optional<Batch>> find(String tenantId, String id);

    /** The entries of one chunk, counted from 0. */
    CompletableFuture<List<BatchEntry>> entries(Batch batch, int chunk);

    /**
     * Remembers that a chunk's requests may be on the stream from {@code nowMillis} on, unless that
     * is known already or the batch's end was asked for; the batch as it stands. Chunks are begun
     * in their order, and none after {@link #markCancelling}.
     */
    CompletableFuture<Batch> begin(Batch batch, int chunk, long nowMillis);

    /** Remembers that all requests are on the stream; the batch as it stands. */
    CompletableFuture<Batch> markStored(Batch batch);

    /** Remembers that its end was asked for; the batch as it stands. */
    CompletableFuture<Batch> markCancelling(Batch batch);
}
