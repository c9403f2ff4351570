package io.sluice.ingress.tenant;

import io.sluice.contract.ApiKeyItem;
import io.sluice.contract.TenantItem;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where the directory looks tenants and keys up; may be behind the table by less than 1 s. */
public interface TenantLookups {
    /** The tenant, also a deleted one; empty if there never was one of that id. */
    CompletableFuture<Optional<TenantItem>> tenant(String tenantId);

    /** The key of that id. */
    CompletableFuture<Optional<ApiKeyItem>> key(String tenantId, String keyId);

    /** Looks the tenant up in the table the next time. */
    void forgetTenant(String tenantId);

    /** Looks the key up in the table the next time. */
    void forgetKey(String tenantId, String keyId);
}
