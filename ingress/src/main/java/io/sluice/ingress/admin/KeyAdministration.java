package io.sluice.ingress.admin;

import io.micronaut.http.HttpStatus;
import io.sluice.contract.ApiKeyItem;
import io.sluice.contract.TenantItem;
import io.sluice.ingress.key.KeyMint;
import io.sluice.ingress.key.KeyMint.MintedKey;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.problem.ProblemException;
import io.sluice.ingress.tenant.TenantDirectory;
import io.sluice.ingress.tenant.TenantStore;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Makes, lists and revokes the keys of tenants. A deleted tenant's keys go after it, and whatever
 * is left of them before its id is taken again. Thread-safe.
 */
@Singleton
final class KeyAdministration {
    private final TenantStore store;
    private final TenantDirectory directory;
    private final InstantSource time;
    private final KeyMint mint = new KeyMint();

    KeyAdministration(TenantStore store, TenantDirectory directory, InstantSource time) {
        this.store = store;
        this.directory = directory;
        this.time = time;
    }

    /** The keys of a tenant, never the secrets; 404 if there is no such tenant. */
    CompletableFuture<List<ApiKeyItem>> list(String tenantId) {
        return tenant(tenantId).thenCompose(tenant -> store.keys(tenantId));
    }

    /** Makes another key for a tenant; 404 if there is no such tenant. */
    CompletableFuture<MintedKey> add(String tenantId, String label, long expiresAtMillis) {
        return tenant(tenantId).thenCompose(tenant -> mint(tenantId, label, expiresAtMillis));
    }

    /**
     * Makes a key for a tenant that there is. It is stored as long as the tenant is not deleted, so
     * that a deletion sees it; otherwise this fails with a 404.
     */
    CompletableFuture<MintedKey> mint(String tenantId, String label, long expiresAtMillis) {
        MintedKey minted = mint.mint(tenantId, label, time.millis(), expiresAtMillis);
        return store.put(minted.item())
                .thenApply(
                        done -> {
                            if (!done) {
                                throw unknownTenant();
                            }
                            return minted;
                        });
    }

    /** Revokes a key; false if there is none of that id, a 404 if there is no such tenant. */
    CompletableFuture<Boolean> revoke(String tenantId, String keyId) {
        return tenant(tenantId).thenCompose(tenant -> remove(tenantId, keyId));
    }

    /**
     * Goes on with a deletion that left keys; a 404 if it left none, since then nothing was asked
     * for that is not so.
     */
    CompletableFuture<Void> finishDeletion(String tenantId) {
        return store.keys(tenantId)
                .thenCompose(
                        left -> {
                            if (left.isEmpty()) {
                                throw unknownTenant();
                            }
                            return withoutOldKeys(tenantId);
                        })
                .thenAccept(tenant -> {});
    }

    /**
     * The tenant's item, when the keys of a deleted one are gone. They are listed before the item
     * is read: if it says that the tenant is deleted, then no successor's key is among them, not
     * even of one that is made meanwhile.
     */
    CompletableFuture<Optional<TenantItem>> withoutOldKeys(String tenantId) {
        return store.keys(tenantId)
                .thenCompose(
                        keys ->
                                store.tenant(tenantId)
                                        .thenCompose(found -> withoutOldKeys(found, keys)));
    }

    private CompletableFuture<Optional<TenantItem>> withoutOldKeys(
            Optional<TenantItem> found, List<ApiKeyItem> keys) {
        if (found.filter(TenantItem::deleted).isEmpty()) {
            return CompletableFuture.completedFuture(found);
        }
        return CompletableFuture.allOf(
                        keys.stream()
                                .map(key -> remove(found.get().tenantId(), key.keyId()))
                                .toArray(CompletableFuture[]::new))
                .thenApply(done -> found);
    }

    private CompletableFuture<Boolean> remove(String tenantId, String keyId) {
        return store.remove(tenantId, keyId)
                .whenComplete((done, failure) -> directory.forgetKey(tenantId, keyId));
    }

    private CompletableFuture<TenantItem> tenant(String tenantId) {
        return store.tenant(tenantId).thenApply(KeyAdministration::live);
    }

    /** The tenant that was found and not deleted, or a 404. */
    static TenantItem live(Optional<TenantItem> found) {
        return found.filter(tenant -> !tenant.deleted())
                .orElseThrow(KeyAdministration::unknownTenant);
    }

    private static ProblemException unknownTenant() {
        return Problem.of(HttpStatus.NOT_FOUND, "There is no tenant of this id.").asException();
    }
}
