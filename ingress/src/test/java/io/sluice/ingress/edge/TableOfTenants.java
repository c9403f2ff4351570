package io.sluice.ingress.edge;

import io.sluice.contract.ApiKeyItem;
import io.sluice.contract.TenantItem;
import io.sluice.contract.policy.ResolvedPolicy;
import io.sluice.ingress.tenant.TenantStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A table with one tenant and one key that counts how often it is read. */
final class TableOfTenants implements TenantStore {
    Optional<TenantItem> tenant = Optional.empty();
    Optional<ApiKeyItem> key = Optional.empty();
    int reads;

    static TenantItem tenant(int policyVersion) {
        return TenantItem.builder()
                .tenantId("acme")
                .tier("free")
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
    public CompletableFuture<Boolean> replace(
            TenantItem item, int seenVersion, @Nullable ResolvedPolicy policy) {
        throw new UnsupportedOperationException("not part of looking up");
    }

    @Override
    public CompletableFuture<Optional<ResolvedPolicy>> policy(String tenantId, int version) {
        throw new UnsupportedOperationException("not part of looking up");
    }

    @Override
    public CompletableFuture<List<ApiKeyItem>> keys(String tenantId) {
        throw new UnsupportedOperationException("not part of looking up");
    }

    @Override
    public CompletableFuture<Boolean> put(ApiKeyItem item) {
        throw new UnsupportedOperationException("not part of looking up");
    }

    @Override
    public CompletableFuture<Boolean> remove(String tenantId, String keyId) {
        throw new UnsupportedOperationException("not part of looking up");
    }
}
