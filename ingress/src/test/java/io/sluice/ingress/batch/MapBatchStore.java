package io.sluice.ingress.batch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Batches in memory. */
final class MapBatchStore implements BatchStore {
    private final Map<String, Batch> heads = new HashMap<>();
    private final Map<String, List<BatchEntry>> entries = new HashMap<>();

    @Override
    public CompletableFuture<Batch> commit(Batch batch, List<BatchEntry> all) {
        entries.putIfAbsent(batch.id(), all);
        Batch standing = heads.putIfAbsent(batch.id(), batch);
        return CompletableFuture.completedFuture(standing == null ? batch : standing);
    }

    @Override
    public CompletableFuture<Optional<Batch>> find(String tenantId, String id) {
        return CompletableFuture.completedFuture(Optional.ofNullable(heads.get(id)));
    }

    @Override
    public CompletableFuture<List<BatchEntry>> entries(Batch batch, int chunk) {
        List<BatchEntry> all = Objects.requireNonNull(entries.get(batch.id()));
        int from = chunk * Batch.CHUNK;
        return CompletableFuture.completedFuture(
                all.subList(from, Math.min(all.size(), from + Batch.CHUNK)));
    }

    @Override
    public CompletableFuture<Batch> begin(Batch batch, int chunk, long nowMillis) {
        Batch head = head(batch);
        boolean next = head.begunAtMillis().size() == chunk && !head.cancelling();
        return put(next ? head.asBegun(nowMillis) : head);
    }

    @Override
    public CompletableFuture<Batch> markStored(Batch batch) {
        return put(head(batch).asStored());
    }

    @Override
    public CompletableFuture<Batch> markCancelling(Batch batch) {
        return put(head(batch).asCancelling());
    }

    private Batch head(Batch batch) {
        return Objects.requireNonNull(heads.get(batch.id()));
    }

    private CompletableFuture<Batch> put(Batch head) {
        heads.put(head.id(), head);
        return CompletableFuture.completedFuture(head);
    }
}
