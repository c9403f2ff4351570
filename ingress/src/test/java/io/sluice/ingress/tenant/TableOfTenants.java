package io.sluice.ingress.tenant;

import io.sluice.contract.ApiKeyItem;
import io.sluice.contract.TenantItem;
import io.sluice.contract.policy.ResolvedPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A tenants table in memory, whose writes another node can forestall. */
public final class TableOfTenants implements TenantStore {
    private final Map<String, TenantItem> tenants = new TreeMap<>();
    private final Map<String, ResolvedPolicy> archive = new HashMap<>();
    private Runnable beforeNextWrite = () -> {};
    private int writes;

    /** Runs before the next conditional write, once. */
    void beforeNextWrite(Runnable work) {
        beforeNextWrite = work;
    }

    int writes() {
        return writes;
    }

    TenantItem stored(String tenantId) {
        return tenants.get(tenantId);
    }

    /** Stores a tenant. */
    public void put(TenantItem tenant) {
        tenants.put(tenant.tenantId(), tenant);
    }

    @Override
    public CompletableFuture<Optional<TenantItem>> tenant(String tenantId) {
        return CompletableFuture.completedFuture(Optional.ofNullable(tenants.get(tenantId)));
    }

    @Override
    public CompletableFuture<List<TenantItem>> tenants() {
        return CompletableFuture.completedFuture(List.copyOf(tenants.values()));
    }

    @Override
    public CompletableFuture<Boolean> replace(
            TenantItem tenant, int seenVersion, ResolvedPolicy policy) {
        Runnable other = beforeNextWrite;
        beforeNextWrite = () -> {};
        other.run();
        TenantItem stored = tenants.get(tenant.tenantId());
        if ((stored == null ? 0 : stored.policyVersion()) != seenVersion) {
            return CompletableFuture.completedFuture(false);
        }
        writes++;
        tenants.put(tenant.tenantId(), tenant);
        if (policy != null) {
            archive.put(tenant.tenantId() + tenant.policyVersion(), policy);
        }
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletableFuture<Optional<ResolvedPolicy>> policy(String tenantId, int version) {
        return CompletableFuture.completedFuture(
                Optional.ofNullable(archive.get(tenantId + version)));
    }

    @Override
    public CompletableFuture<Optional<ApiKeyItem>> key(String tenantId, String keyId) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public CompletableFuture<List<ApiKeyItem>> keys(String tenantId) {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletableFuture<Boolean> put(ApiKeyItem key) {
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletableFuture<Boolean> remove(String tenantId, String keyId) {
        return CompletableFuture.completedFuture(false);
    }

    /** Looks everything up in this table. */
    TenantLookups lookups() {
        return new TenantLookups() {
            @Override
            public CompletableFuture<Optional<TenantItem>> tenant(String tenantId) {
                return TableOfTenants.this.tenant(tenantId);
            }

            @Override
            public CompletableFuture<Optional<ApiKeyItem>> key(String tenantId, String keyId) {
                return TableOfTenants.this.key(tenantId, keyId);
            }

            @Override
            public void forgetTenant(String tenantId) {}

            @Override
            public void forgetKey(String tenantId, String keyId) {}
        };
    }
}
