package io.sluice.objects.key;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Keys in memory for some minutes, at most so many; what fails is not kept. A key that was
 * destroyed is forgotten here when its time is over.
 */
final class CachedTenantKeys implements TenantKeys {
    private static final int MOST = 10_000;

    private final TenantKeys keys;
    private final AsyncCache<List<Object>, DataKey> current;
    private final AsyncCache<List<String>, DataKey> byId;

    /** Takes over the other one. */
    CachedTenantKeys(TenantKeys keys, Duration memory, Ticker ticker) {
        this.keys = keys;
        this.current = cache(memory, ticker).buildAsync();
        this.byId = cache(memory, ticker).buildAsync();
    }

    private static Caffeine<Object, Object> cache(Duration memory, Ticker ticker) {
        return Caffeine.newBuilder().ticker(ticker).expireAfterWrite(memory).maximumSize(MOST);
    }

    @Override
    public CompletableFuture<DataKey> current(String tenantId, long generation) {
        return current.get(
                List.of(tenantId, generation),
                (name, executor) ->
                        keys.current(tenantId, generation)
                                .thenApply(
                                        key -> {
                                            byId.put(
                                                    List.of(tenantId, key.id()),
                                                    CompletableFuture.completedFuture(key));
                                            return key;
                                        }));
    }

    @Override
    public CompletableFuture<DataKey> get(String tenantId, String keyId) {
        return byId.get(List.of(tenantId, keyId), (name, executor) -> keys.get(tenantId, keyId));
    }

    @Override
    public CompletableFuture<Integer> destroy(String tenantId) {
        return keys.destroy(tenantId)
                .whenComplete(
                        (done, failure) -> {
                            current.synchronous()
                                    .asMap()
                                    .keySet()
                                    .removeIf(name -> name.get(0).equals(tenantId));
                            byId.synchronous()
                                    .asMap()
                                    .keySet()
                                    .removeIf(name -> name.get(0).equals(tenantId));
                        });
    }

    @Override
    public void close() {
        keys.close();
    }
}
