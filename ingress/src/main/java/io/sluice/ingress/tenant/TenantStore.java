package io.sluice.ingress.tenant;

import io.sluice.contract.ApiKeyItem;
import io.sluice.contract.TenantItem;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where tenants and their keys are kept. Every read sees every write that was answered before. */
public interface TenantStore {
    /** The tenant, also a deleted one; empty if there never was one of that id. */
    CompletableFuture<Optional<TenantItem>> tenant(String tenantId);

    /** All tenants, the deleted ones too, by id. */
    CompletableFuture<List<TenantItem>> tenants();

    /**
     * Stores a tenant if the stored one still has {@code seenVersion}, 0 meaning that there is
     * none; false if it has not.
     */
    CompletableFuture<Boolean> replace(TenantItem tenant, int seenVersion);

    /** The key of that id. */
    CompletableFuture<Optional<ApiKeyItem>> key(String tenantId, String keyId);

    /** All keys of a tenant. */
    CompletableFuture<List<ApiKeyItem>> keys(String tenantId);

    /** Stores a key. */
    CompletableFuture<Void> put(ApiKeyItem key);

    /** Removes a key; false if there is none. */
    CompletableFuture<Boolean> remove(String tenantId, String keyId);
}
