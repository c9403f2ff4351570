package io.sluice.ingress.edge;

import io.sluice.contract.ApiKeyItem;
import io.sluice.contract.TenantItem;
import io.sluice.ingress.tenant.TenantStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A table with one tenant and one key that counts how often it is read. */
final class TableOfTenants implements TenantStore {
    Optional<TenantItem> tenant = Optional.empty();
    Optional<ApiKeyItem> key = Optional.empty();
    int reads;

    static TenantItem tenant(int policyVersion) {
        return TenantItem.builder()
                .tenantId("acme")
                .tier("free")
                .overrides(Map.of())
                .policyVersion(policyVersion)
                .createdAtMillis(1)
                .build();
    }

    @Override
    public CompletableFuture<Optional<TenantItem>> tenant(String tenantId) {
        reads++;
        return CompletableFuture.completedFuture(tenant);
    }

    @Override
    public CompletableFuture<Optional<ApiKeyItem>> key(String tenantId, String keyId) {
        reads++;
        return CompletableFuture.completedFuture(key);
    }

    @Override
    public CompletableFuture<List<TenantItem>> tenants() {
        throw new UnsupportedOperationException("not part of looking up");
    }

    @Override
    public CompletableFuture<Boolean> replace(TenantItem item, int seenVersion) {
        throw new UnsupportedOperationException("not part of looking up");
    }

    @Override
    public CompletableFuture<List<ApiKeyItem>> keys(String tenantId) {
        throw new UnsupportedOperationException("not part of looking up");
    }

    @Override
    public CompletableFuture<Void> put(ApiKeyItem item) {
        throw new UnsupportedOperationException("not part of looking up");
    }

    @Override
    public CompletableFuture<Boolean> remove(String tenantId, String keyId) {
        throw new UnsupportedOperationException("not part of looking up");
    }
}
