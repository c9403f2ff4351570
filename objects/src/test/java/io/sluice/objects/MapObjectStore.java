package io.sluice.objects;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Objects in a map, with times set by hand; answers at once. */
public final class MapObjectStore implements ObjectStore {
    public final TreeMap<String, byte[]> objects = new TreeMap<>();
    public final TreeMap<String, Long> writtenAtMillis = new TreeMap<>();
    long nowMillis;

    @Override
    public CompletableFuture<Void> putIfAbsent(String key, byte[] bytes) {
        objects.putIfAbsent(key, bytes.clone());
        writtenAtMillis.putIfAbsent(key, nowMillis);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Optional<byte[]>> get(String key, int most) {
        return CompletableFuture.completedFuture(
                Optional.ofNullable(objects.get(key))
                        .map(bytes -> Arrays.copyOf(bytes, Math.min(most, bytes.length))));
    }

    @Override
    public CompletableFuture<Void> delete(String key) {
        objects.remove(key);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<List<Entry>> list(@Nullable String after, int limit) {
        List<Entry> page = new ArrayList<>();
        for (String key : objects.tailMap(after == null ? "" : after, false).keySet()) {
            if (page.size() < limit) {
                page.add(new Entry(key, writtenAtMillis.get(key)));
            }
        }
        return CompletableFuture.completedFuture(page);
    }

    @Override
    public void close() {}
}
