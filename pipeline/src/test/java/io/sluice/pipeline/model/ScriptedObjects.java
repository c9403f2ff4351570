package io.sluice.pipeline.model;

import io.sluice.objects.ObjectStore;
import io.sluice.objects.ObjectStoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Objects in a map, with the failures it was given. */
final class ScriptedObjects implements ObjectStore {
    final TreeMap<String, byte[]> objects = new TreeMap<>();

    /** The next calls fail; true for failures that may pass. */
    final Deque<Boolean> failuresToCome = new ArrayDeque<>();

    /** What happens while an object is read. */
    Runnable meanwhile = () -> {};

    int calls;
    boolean isClosed;

    @Override
    public CompletableFuture<Void> putIfAbsent(String key, byte[] bytes) {
        calls++;
        if (!failuresToCome.isEmpty()) {
            return failed(failuresToCome.poll());
        }
        objects.putIfAbsent(key, bytes.clone());
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Optional<byte[]>> get(String key, int most) {
        calls++;
        meanwhile.run();
        return failuresToCome.isEmpty()
                ? CompletableFuture.completedFuture(Optional.ofNullable(objects.get(key)))
                : failed(failuresToCome.poll());
    }

    @Override
    public CompletableFuture<Void> delete(String key) {
        objects.remove(key);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<List<Entry>> list(@Nullable String after, int limit) {
        throw new UnsupportedOperationException("the invoker lists nothing");
    }

    @Override
    public void close() {
        isClosed = true;
    }

    private static <T> CompletableFuture<T> failed(boolean repeatable) {
        return CompletableFuture.failedFuture(
                new ObjectStoreException(repeatable, "as told", null));
    }
}
