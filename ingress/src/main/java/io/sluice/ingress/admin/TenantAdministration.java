package io.sluice.ingress.admin;

import io.micronaut.http.HttpStatus;
import io.sluice.contract.Isolation;
import io.sluice.contract.TenantItem;
import io.sluice.contract.policy.PolicyDocument;
import io.sluice.ingress.key.KeyMint.MintedKey;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.problem.ProblemException;
import io.sluice.ingress.tenant.Policies;
import io.sluice.ingress.tenant.PolicyVersions;
import io.sluice.ingress.tenant.TenantDirectory;
import io.sluice.ingress.tenant.TenantStore;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Changes tenants. Every change takes the next policy version by a conditional write; a deleted
 * tenant leaves its item behind, so that its versions are never used again. Thread-safe.
 */
@Singleton
final class TenantAdministration {
    private static final int MOST_TRIES = 10;

    private final TenantStore store;
    private final TenantDirectory directory;
    private final Policies policies;
    private final PolicyVersions versions;
    private final OwnTables tables;
    private final InstantSource time;
    private final KeyAdministration keys;

    TenantAdministration(
            TenantStore store,
            TenantDirectory directory,
            Policies policies,
            PolicyVersions versions,
            OwnTables tables,
            KeyAdministration keys,
            InstantSource time) {
        this.store = store;
        this.directory = directory;
        this.policies = policies;
        this.versions = versions;
        this.tables = tables;
        this.keys = keys;
        this.time = time;
    }

    /** A tenant and its first key. */
    record Created(TenantItem tenant, MintedKey key) {}

    /** All tenants that were not deleted. */
    CompletableFuture<List<TenantItem>> list() {
        return store.tenants()
                .thenApply(all -> all.stream().filter(tenant -> !tenant.deleted()).toList());
    }

    /** The tenant; 404 if there is none. */
    CompletableFuture<TenantItem> read(String tenantId) {
        return store.tenant(tenantId).thenApply(KeyAdministration::live);
    }

    /** The tenant with the policy in force; 404 if there is no tenant. */
    CompletableFuture<TenantView> view(String tenantId) {
        return versions.tenant(tenantId)
                .thenCompose(
                        found ->
                                found.map(t -> new TenantView(t.item(), Optional.of(t.resolved())))
                                        .map(CompletableFuture::completedFuture)
                                        .orElseGet(() -> read(tenantId).thenApply(this::view)));
    }

    /** How a stored tenant is seen by this node's policy. */
    TenantView view(TenantItem tenant) {
        return new TenantView(tenant, policies.policyOf(tenant));
    }

    /**
     * Makes a tenant and a key for it; 409 if there is one of that id, or it is being erased. Keys
     * of a deleted one of that id, which a deletion that died may have left, are removed first, and
     * tables of its own are made: if that fails, nothing was changed, and repeating it goes on
     * where it ended.
     */
    CompletableFuture<Created> create(String tenantId, TenantWish wish) {
        return keys.withoutOldKeys(tenantId)
                .thenCompose(
                        found -> {
                            if (found.filter(t -> !t.deleted()).isPresent()) {
                                throw exists(tenantId);
                            }
                            if (found.filter(TenantItem::erasing).isPresent()) {
                                throw beingErased(tenantId);
                            }
                            int seen = found.map(TenantItem::policyVersion).orElse(0);
                            TenantItem fresh =
                                    TenantItem.builder()
                                            .tenantId(tenantId)
                                            .tier("")
                                            .createdAtMillis(time.millis())
                                            .erasedAtMillis(
                                                    found.map(TenantItem::erasedAtMillis)
                                                            .orElse(0L))
                                            .build();
                            TenantItem asked = wish.applyTo(fresh, document()).build();
                            Isolation isolation = policies.isolationForNew(asked);
                            TenantView tenant = next(asked.toBuilder().isolation(isolation), seen);
                            return tables.ensure(tenantId, isolation)
                                    .thenCompose(made -> store(tenant, seen))
                                    .thenCompose(
                                            done -> {
                                                if (!done) {
                                                    throw exists(tenantId);
                                                }
                                                return firstKey(tenant.item());
                                            });
                        });
    }

    /**
     * Gives a tenant another tier, overrides and suspension; its isolation stays what it is. Tables
     * of its own that are missing are made first.
     */
    CompletableFuture<TenantItem> change(String tenantId, TenantWish wish) {
        return read(tenantId)
                .thenCompose(seen -> tables.ensure(tenantId, seen.isolation()))
                .thenCompose(
                        made ->
                                replace(
                                        tenantId,
                                        tenant -> wish.applyTo(wish.unmoved(tenant), document()),
                                        MOST_TRIES));
    }

    /**
     * Deletes a tenant and its keys; 404 if there is none, unless an earlier deletion left keys,
     * which are removed then.
     */
    CompletableFuture<Void> delete(String tenantId) {
        return store.tenant(tenantId)
                .thenCompose(
                        found ->
                                found.filter(TenantItem::deleted).isPresent()
                                        ? keys.finishDeletion(tenantId)
                                        : deleteLive(tenantId));
    }

    private CompletableFuture<Void> deleteLive(String tenantId) {
        return replace(tenantId, tenant -> tenant.toBuilder().deleted(true), MOST_TRIES)
                .thenCompose(deleted -> keys.withoutOldKeys(tenantId))
                .thenAccept(done -> {});
    }

    private CompletableFuture<Created> firstKey(TenantItem tenant) {
        directory.forgetTenant(tenant.tenantId());
        return keys.mint(tenant.tenantId(), "first", 0)
                .thenApply(minted -> new Created(tenant, minted));
    }

    private CompletableFuture<TenantItem> replace(
            String tenantId, Function<TenantItem, TenantItem.Builder> change, int triesLeft) {
        return read(tenantId)
                .thenCompose(
                        seen -> {
                            TenantView next = next(change.apply(seen), seen.policyVersion());
                            return store(next, seen.policyVersion())
                                    .thenCompose(
                                            done -> {
                                                directory.forgetTenant(tenantId);
                                                if (done) {
                                                    return CompletableFuture.completedFuture(
                                                            next.item());
                                                }
                                                if (triesLeft == 1) {
                                                    throw contended(tenantId);
                                                }
                                                return replace(tenantId, change, triesLeft - 1);
                                            });
                        });
    }

    /** The tenant under the version after the one seen, with its policy and that one's hash. */
    private TenantView next(TenantItem.Builder changed, int seenVersion) {
        TenantItem next = changed.policyVersion(seenVersion + 1).policyHash(null).build();
        return policies.policyOf(next)
                .map(
                        p ->
                                new TenantView(
                                        next.toBuilder().policyHash(p.hash()).build(),
                                        Optional.of(p)))
                .orElseGet(() -> new TenantView(next, Optional.empty()));
    }

    private CompletableFuture<Boolean> store(TenantView next, int seenVersion) {
        return store.replace(next.item(), seenVersion, next.policy().orElse(null));
    }

    private PolicyDocument document() {
        return policies.document();
    }

    private static ProblemException exists(String tenantId) {
        return Problem.of(HttpStatus.CONFLICT, "There is a tenant " + tenantId + " already.")
                .asException();
    }

    private static ProblemException beingErased(String tenantId) {
        return Problem.of(
                        HttpStatus.CONFLICT,
                        "Tenant "
                                + tenantId
                                + " is being erased. Finish that first with: bin/sluice tenants"
                                + " erase "
                                + tenantId)
                .asException();
    }

    private static ProblemException contended(String tenantId) {
        return Problem.of(
                        HttpStatus.CONFLICT,
                        "Tenant " + tenantId + " is being changed by others; try again.")
                .asException();
    }
}
