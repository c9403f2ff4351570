package io.sluice.ingress.tenant;

import io.sluice.contract.ApiKeyItem;
import io.sluice.contract.TenantItem;
import io.sluice.contract.policy.ResolvedPolicy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Where tenants and their keys are kept. Every read sees every write that was answered before. */
public interface TenantStore {
    /** The tenant, also a deleted one; empty if there never was one of that id. */
    CompletableFuture<Optional<TenantItem>> tenant(String tenantId);

    /** All tenants, the deleted ones too, by id. */
    CompletableFuture<List<TenantItem>> tenants();

    /**
     * Stores a tenant, and in the same write archives its policy of that version, if the stored one
     * still has {@code seenVersion}, 0 meaning that there is none; false if it has not.
     *
     * @param policy null if there is none to archive
     */
    CompletableFuture<Boolean> replace(
            TenantItem tenant, int seenVersion, @Nullable ResolvedPolicy policy);

    /** The archived policy of a version; empty if there is none. */
    CompletableFuture<Optional<ResolvedPolicy>> policy(String tenantId, int version);

    /** The key of that id. */
    CompletableFuture<Optional<ApiKeyItem>> key(String tenantId, String keyId);

    /** All keys of a tenant. */
    CompletableFuture<List<ApiKeyItem>> keys(String tenantId);

    /** Stores a key of a tenant; false if the tenant does not exist or was deleted. */
    CompletableFuture<Boolean> put(ApiKeyItem key);

    /** Removes a key; false if there is none. */
    CompletableFuture<Boolean> remove(String tenantId, String keyId);
}
