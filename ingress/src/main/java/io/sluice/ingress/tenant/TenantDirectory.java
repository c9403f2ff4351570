package io.sluice.ingress.tenant;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.sluice.contract.ApiKeyItem;
import io.sluice.ingress.problem.Problem;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What this node knows of tenants and keys: at most {@link #STALE} old, so that a change is in
 * force on every node within 5 s. Entries in use are read again in the background before they grow
 * old, so that no request waits for the table. A read that takes longer than that age is a {@code
 * 503}: by then its answer may be wrong.
 */
@Singleton
public final class TenantDirectory {
    /** The greatest age of what is answered, from when its read began. */
    static final Duration STALE = Duration.ofSeconds(4);

    private static final Duration REFRESH = Duration.ofSeconds(3);
    private static final int MAX_ENTRIES = 20_000;

    private record KeyName(String tenantId, String keyId) {}

    private final TenantLookups lookups;
    private final Ticker ticker;
    private final AsyncLoadingCache<String, Dated<Tenant>> tenants;
    private final AsyncLoadingCache<KeyName, Dated<ApiKeyItem>> keys;

    TenantDirectory(TenantLookups lookups, PolicyVersions versions, Ticker ticker) {
        this.lookups = lookups;
        this.ticker = ticker;
        this.tenants = cache(versions::lookedUp);
        this.keys = cache(k -> lookups.key(k.tenantId(), k.keyId()));
    }

    private <K, V> AsyncLoadingCache<K, Dated<V>> cache(
            Function<K, CompletableFuture<Optional<V>>> read) {
        return Caffeine.newBuilder()
                .ticker(ticker)
                .maximumSize(MAX_ENTRIES)
                .expireAfter(new Dated.Expiring<K, V>(STALE))
                .refreshAfterWrite(REFRESH)
                .buildAsync((key, executor) -> dated(key, read));
    }

    private <K, V> CompletableFuture<Dated<V>> dated(
            K key, Function<K, CompletableFuture<Optional<V>>> read) {
        long beganNanos = ticker.read(); // before: what is found may be as old as that
        return read.apply(key)
                .thenApply(
                        found -> {
                            if (ticker.read() - beganNanos > STALE.toNanos()) {
                                throw Problem.busy("Tenants cannot be read in time.", 1)
                                        .asException();
                            }
                            return new Dated<>(found, beganNanos);
                        });
    }

    /** The tenant; empty if there is none, it was deleted, or it has no policy. */
    public CompletableFuture<Optional<Tenant>> tenant(String tenantId) {
        return tenants.get(tenantId).thenApply(Dated::found);
    }

    /** The stored key of that id. */
    public CompletableFuture<Optional<ApiKeyItem>> key(String tenantId, String keyId) {
        return keys.get(new KeyName(tenantId, keyId)).thenApply(Dated::found);
    }

    /** Forgets a tenant that was changed through this node. */
    public void forgetTenant(String tenantId) {
        lookups.forgetTenant(tenantId);
        tenants.synchronous().invalidate(tenantId);
    }

    /** Forgets all tenants, because the policy was changed. */
    void forgetTenants() {
        tenants.synchronous().invalidateAll();
    }

    /** Forgets a key that was changed through this node. */
    public void forgetKey(String tenantId, String keyId) {
        lookups.forgetKey(tenantId, keyId);
        keys.synchronous().invalidate(new KeyName(tenantId, keyId));
    }
}
