package io.sluice.ingress.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.ApiKeyItem;
import io.sluice.contract.TenantItem;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.contract.json.TenantItemJson;
import io.sluice.ingress.tenant.TenantLookups;
import io.sluice.ingress.tenant.TenantStore;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Tenants and keys that any node has read from the table within {@value #FRESH_MILLIS} ms; what is
 * older is read again and shared anew. A directory holds what it gets for 4 s, so a change is in
 * force everywhere within 5 s whatever becomes of the shared cache.
 *
 * <p>Freshness is judged twice: by the cache's own clock, and by the time at which the value was
 * read, because a put may be stuck on its way. Clocks that differ only make a value look too old or
 * of the future, and then the table is read.
 *
 * <p>Keys are shared as they are stored: salted and hashed, never in clear.
 */
@Singleton
final class SharedTenants implements TenantLookups {
    static final long FRESH_MILLIS = 800;

    private final TenantStore store;
    private final SharedCache cache;
    private final InstantSource time;

    SharedTenants(TenantStore store, SharedCache cache, InstantSource time) {
        this.store = store;
        this.cache = cache;
        this.time = time;
    }

    @Override
    public CompletableFuture<Optional<TenantItem>> tenant(String tenantId) {
        return find(
                tenantName(tenantId),
                TenantItemJson::readTenant,
                () -> store.tenant(tenantId),
                TenantItemJson::write);
    }

    @Override
    public CompletableFuture<Optional<ApiKeyItem>> key(String tenantId, String keyId) {
        return find(
                keyName(tenantId, keyId),
                TenantItemJson::readKey,
                () -> store.key(tenantId, keyId),
                TenantItemJson::write);
    }

    @Override
    public void forgetTenant(String tenantId) {
        cache.remove(tenantName(tenantId));
    }

    @Override
    public void forgetKey(String tenantId, String keyId) {
        cache.remove(keyName(tenantId, keyId));
    }

    private <T> CompletableFuture<Optional<T>> find(
            String name,
            Function<JsonNode, T> reader,
            Supplier<CompletableFuture<Optional<T>>> table,
            Function<T, ObjectNode> writer) {
        return cache.get(name)
                .thenCompose(
                        held -> {
                            Optional<T> fresh = held.flatMap(h -> fresh(h, reader));
                            return fresh.isPresent()
                                    ? CompletableFuture.completedFuture(fresh)
                                    : load(name, table, writer);
                        });
    }

    private <T> CompletableFuture<Optional<T>> load(
            String name,
            Supplier<CompletableFuture<Optional<T>>> table,
            Function<T, ObjectNode> writer) {
        long readAtMillis = time.millis(); // before, so that the value is not older than it says
        return table.get()
                .whenComplete(
                        (found, failure) -> {
                            if (found != null && found.isPresent()) {
                                ObjectNode value =
                                        Json.object().put("read_at_millis", readAtMillis);
                                value.set("item", writer.apply(found.get()));
                                cache.put(name, Json.bytes(value));
                            }
                        });
    }

    private <T> Optional<T> fresh(SharedCache.Held held, Function<JsonNode, T> reader) {
        if (held.ageMillis() > FRESH_MILLIS) {
            return Optional.empty();
        }
        try {
            JsonNode value = Json.parse(held.value());
            long age = time.millis() - value.path("read_at_millis").longValue();
            return age < -FRESH_MILLIS || age > FRESH_MILLIS
                    ? Optional.empty()
                    : Optional.of(reader.apply(value.path("item")));
        } catch (MalformedJsonException e) {
            return Optional.empty(); // another version's, or nobody's
        }
    }

    private static String tenantName(String tenantId) {
        return SharedCache.name(tenantId, "tenant", "-");
    }

    private static String keyName(String tenantId, String keyId) {
        return SharedCache.name(tenantId, "key", keyId);
    }
}
