package io.sluice.ingress.result;

import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Results in memory; can leave keys unread, and can fail. */
final class TableOfResults implements ResultStore {
    final Map<ResultKey, ResultItem> items = new ConcurrentHashMap<>();
    final List<Set<ResultKey>> reads = Collections.synchronizedList(new ArrayList<>());
    volatile boolean failing;
    volatile boolean leavingUnread;

    @Override
    public CompletableFuture<Optional<ResultItem>> get(ResultKey key) {
        return CompletableFuture.completedFuture(Optional.ofNullable(items.get(key)));
    }

    @Override
    public CompletableFuture<Found> find(Set<ResultKey> keys) {
        reads.add(Set.copyOf(keys));
        if (failing) {
            return CompletableFuture.failedFuture(new IllegalStateException("throttled"));
        }
        if (leavingUnread) {
            return CompletableFuture.completedFuture(new Found(Map.of(), keys));
        }
        Map<ResultKey, ResultItem> found = new HashMap<>(items);
        found.keySet().retainAll(keys);
        return CompletableFuture.completedFuture(new Found(found, new HashSet<>()));
    }

    @Override
    public CompletableFuture<Page> list(
            String tenantId, String lowest, String highest, ResultStatus status, int limit) {
        throw new UnsupportedOperationException("not part of waiting");
    }

    @Override
    public CompletableFuture<List<ResultItem>> newest(String tenantId, int most) {
        throw new UnsupportedOperationException("not part of waiting");
    }
}
