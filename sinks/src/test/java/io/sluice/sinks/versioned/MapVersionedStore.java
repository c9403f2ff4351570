package io.sluice.sinks.versioned;

import io.sluice.contract.VersionedItem;
import io.sluice.sinks.aws.FailureKind;
import io.sluice.sinks.aws.StoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Items in memory; answers at once, or when told to, or with the failures it was given. */
final class MapVersionedStore<T extends VersionedItem> implements VersionedStore<T> {
    final Map<String, T> items = new HashMap<>();
    final List<T> puts = new ArrayList<>();
    final Deque<FailureKind> failuresToCome = new ArrayDeque<>();
    final Deque<Runnable> held = new ArrayDeque<>();
    boolean holding;

    @Override
    public CompletableFuture<Boolean> putIfNewer(T item) {
        puts.add(item);
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        if (holding) {
            held.add(() -> answer(item, answer));
        } else {
            answer(item, answer);
        }
        return answer;
    }

    @Override
    public void close() {}

    private void answer(T item, CompletableFuture<Boolean> answer) {
        FailureKind failure = failuresToCome.poll();
        if (failure != null) {
            answer.completeExceptionally(
                    new StoreException(failure, "as told", new IllegalStateException("as told")));
            return;
        }
        String key = item.tenantId() + '/' + item.rangeKey();
        T earlier = items.get(key);
        boolean newer = earlier == null || earlier.version() < item.version();
        if (newer) {
            items.put(key, item);
        }
        answer.complete(newer);
    }
}
