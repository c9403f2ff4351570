package io.sluice.objects.key;

import io.sluice.objects.PayloadLostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Keys in memory, one a tenant; another one after each destruction. */
public final class MapTenantKeys implements TenantKeys {
    private final Map<String, DataKey> keys = new HashMap<>();
    private @Nullable DataKey shared;
    private int made;

    /** As if somebody had copied that key to every tenant under its id. */
    public void shareWithAll(DataKey key) {
        shared = key;
    }

    @Override
    public CompletableFuture<DataKey> current(String tenantId, long generation) {
        return CompletableFuture.completedFuture(keys.computeIfAbsent(tenantId, t -> make()));
    }

    private DataKey make() {
        byte[] bytes = new byte[DataKey.BYTES];
        Arrays.fill(bytes, (byte) ++made);
        return new DataKey("key-" + made, bytes);
    }

    @Override
    public CompletableFuture<DataKey> get(String tenantId, String keyId) {
        if (shared != null && shared.id().equals(keyId)) {
            return CompletableFuture.completedFuture(shared);
        }
        DataKey key = keys.get(tenantId);
        return key != null && key.id().equals(keyId)
                ? CompletableFuture.completedFuture(key)
                : CompletableFuture.failedFuture(new PayloadLostException(keyId + " is gone"));
    }

    @Override
    public CompletableFuture<Integer> destroy(String tenantId) {
        return CompletableFuture.completedFuture(keys.remove(tenantId) == null ? 0 : 1);
    }

    @Override
    public void close() {}
}
