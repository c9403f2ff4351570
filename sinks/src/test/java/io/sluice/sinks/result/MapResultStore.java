package io.sluice.sinks.result;

import io.sluice.contract.Isolation;
import io.sluice.contract.ResultItem;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Results in memory. */
final class MapResultStore implements ResultStore {
    private final ConcurrentHashMap<String, ResultItem> items = new ConcurrentHashMap<>();

    @Override
    public CompletableFuture<ResultItem> putFinal(ResultItem item) {
        ResultItem earlier = items.putIfAbsent(item.tenantId() + '/' + item.requestId(), item);
        return CompletableFuture.completedFuture(earlier == null ? item : earlier);
    }

    @Override
    public CompletableFuture<Optional<ResultItem>> find(
            String tenantId, String requestId, Isolation isolation) {
        return CompletableFuture.completedFuture(
                Optional.ofNullable(items.get(tenantId + '/' + requestId)));
    }

    @Override
    public void close() {}
}
