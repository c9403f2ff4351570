package io.sluice.sinks.ledger;

import io.sluice.contract.AttemptItem;
import io.sluice.contract.Isolation;
import io.sluice.sinks.aws.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Attempts in memory. */
final class MapAttemptStore implements AttemptStore {
    private final TreeMap<String, AttemptItem> items = new TreeMap<>();

    @Override
    public synchronized CompletableFuture<AttemptItem> claim(AttemptItem claim, Stage stage) {
        AttemptItem earlier = items.putIfAbsent(key(claim), claim);
        return CompletableFuture.completedFuture(earlier == null ? claim : earlier);
    }

    @Override
    public synchronized CompletableFuture<Optional<AttemptItem>> finish(AttemptItem finished) {
        items.computeIfPresent(
                key(finished), (key, now) -> isClaimedBy(now, finished) ? finished : now);
        return CompletableFuture.completedFuture(Optional.ofNullable(items.get(key(finished))));
    }

    @Override
    public synchronized CompletableFuture<Void> release(AttemptItem claim) {
        items.computeIfPresent(key(claim), (key, now) -> isClaimedBy(now, claim) ? null : now);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletableFuture<List<AttemptItem>> read(
            String tenantId, String requestId, Isolation isolation) {
        String prefix = tenantId + '/' + AttemptItem.keyPrefix(requestId);
        List<AttemptItem> found = new ArrayList<>(items.tailMap(prefix).values());
        found.removeIf(item -> !key(item).startsWith(prefix));
        return CompletableFuture.completedFuture(found);
    }

    @Override
    public void close() {}

    private static boolean isClaimedBy(AttemptItem now, AttemptItem other) {
        return now.isOpen() && now.runId().equals(other.runId());
    }

    private static String key(AttemptItem item) {
        return item.tenantId() + '/' + item.rangeKey();
    }
}
