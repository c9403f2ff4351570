package io.sluice.ingress.tenant;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.contract.ApiKeyItem;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What this node knows of tenants and keys: at most {@link #STALE} old, so that a change is in
 * force on every node within 5 s. Entries in use are read again in the background before they grow
 * old, so that no request waits for the table.
 */
@Singleton
public final class TenantDirectory {
    /** The greatest age of what is answered. */
    static final Duration STALE = Duration.ofSeconds(4);

    private static final Duration REFRESH = Duration.ofSeconds(3);
    private static final int MAX_ENTRIES = 20_000;

    private record KeyName(String tenantId, String keyId) {}

    private final TenantLookups lookups;
    private final AsyncLoadingCache<String, Optional<Tenant>> tenants;
    private final AsyncLoadingCache<KeyName, Optional<ApiKeyItem>> keys;

    TenantDirectory(TenantLookups lookups, PolicyVersions versions) {
        this.lookups = lookups;
        this.tenants = cache().buildAsync((id, executor) -> versions.lookedUp(id));
        this.keys = cache().buildAsync((k, executor) -> lookups.key(k.tenantId(), k.keyId()));
    }

    private static Caffeine<Object, Object> cache() {
        return Caffeine.newBuilder()
                .maximumSize(MAX_ENTRIES)
                .expireAfterWrite(STALE)
                .refreshAfterWrite(REFRESH);
    }

    /** The tenant; empty if there is none, it was deleted, or it has no policy. */
    public CompletableFuture<Optional<Tenant>> tenant(String tenantId) {
        return tenants.get(tenantId);
    }

    /** The stored key of that id. */
    public CompletableFuture<Optional<ApiKeyItem>> key(String tenantId, String keyId) {
        return keys.get(new KeyName(tenantId, keyId));
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
