package io.sluice.ingress.tenant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.contract.TenantItem;
import io.sluice.contract.policy.PolicyDocument;
import io.sluice.contract.policy.ResolvedPolicy;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the stored version of a tenant's policy in step with what the policy document makes of it.
 *
 * <p>The version rises by one conditional write, by the first node that notices that the content's
 * hash is no longer the one stored with the tenant; a node that loses the race reads again and
 * agrees. A node raises it only if its own document is one that the tenant's stored policy was
 * never equal to: otherwise it is another node that has a newer file, and the archived policy of
 * the stored version is in force here too. So nodes whose files differ for a while never raise the
 * version against each other.
 */
@Singleton
public final class PolicyVersions {
    private static final int MOST_TRIES = 10;
    private static final int MOST_TENANTS = 100_000;
    private static final Logger LOG = LoggerFactory.getLogger(PolicyVersions.class);

    /** The document by which this node last agreed, and the version it last took over since. */
    private record Agreement(PolicyDocument document, int adopted) {}

    private final TenantStore store;
    private final TenantLookups lookups;
    private final Policies policies;
    private final Cache<String, Agreement> agreements =
            Caffeine.newBuilder().maximumSize(MOST_TENANTS).build();

    PolicyVersions(TenantStore store, TenantLookups lookups, Policies policies) {
        this.store = store;
        this.lookups = lookups;
        this.policies = policies;
    }

    /** The tenant and the policy in force; empty if there is none, it was deleted, or has none. */
    public CompletableFuture<Optional<Tenant>> tenant(String tenantId) {
        return tenant(tenantId, MOST_TRIES);
    }

    /** The same, of a tenant that may have been read from the table up to 1 s ago. */
    CompletableFuture<Optional<Tenant>> lookedUp(String tenantId) {
        return lookups.tenant(tenantId).thenCompose(found -> agree(found, MOST_TRIES));
    }

    private CompletableFuture<Optional<Tenant>> tenant(String tenantId, int triesLeft) {
        return store.tenant(tenantId).thenCompose(found -> agree(found, triesLeft));
    }

    private CompletableFuture<Optional<Tenant>> agree(Optional<TenantItem> found, int triesLeft) {
        return found.filter(item -> !item.deleted())
                .map(item -> agree(item, triesLeft))
                .orElseGet(PolicyVersions::none);
    }

    private CompletableFuture<Optional<Tenant>> agree(TenantItem item, int triesLeft) {
        PolicyDocument document = policies.document();
        Optional<ResolvedPolicy> mine = policies.policyOf(document, item);
        if (mine.isEmpty()) {
            return none();
        }
        ResolvedPolicy policy = mine.get();
        if (policy.hash().equals(item.policyHash())) {
            agreements.put(item.tenantId(), new Agreement(document, item.policyVersion()));
            return CompletableFuture.completedFuture(Optional.of(new Tenant(item, policy)));
        }
        Agreement last = agreements.getIfPresent(item.tenantId());
        if (last == null || last.document() != document || item.policyHash() == null) {
            return raise(item, document, policy, triesLeft);
        }
        return store.policy(item.tenantId(), item.policyVersion())
                .thenCompose(
                        archived ->
                                archived.map(p -> adopt(item, p, last))
                                        .orElseGet(() -> raise(item, document, policy, triesLeft)));
    }

    private CompletableFuture<Optional<Tenant>> raise(
            TenantItem seen, PolicyDocument document, ResolvedPolicy policy, int triesLeft) {
        int version = seen.policyVersion() + 1;
        ResolvedPolicy raised = policy.withVersion(version);
        TenantItem next =
                seen.toBuilder()
                        .tier(raised.effective().tier())
                        .policyVersion(version)
                        .policyHash(raised.hash())
                        .build();
        return store.replace(next, seen.policyVersion(), raised)
                .thenCompose(
                        done -> {
                            lookups.forgetTenant(seen.tenantId());
                            if (done) {
                                agreements.put(seen.tenantId(), new Agreement(document, version));
                                LOG.info(
                                        "tenant {} has policy version {}",
                                        seen.tenantId(),
                                        version);
                                return CompletableFuture.completedFuture(
                                        Optional.of(new Tenant(next, raised)));
                            }
                            if (triesLeft == 1) {
                                return CompletableFuture.failedFuture(
                                        new IllegalStateException(
                                                "the policy of tenant "
                                                        + seen.tenantId()
                                                        + " changes too fast to agree on"));
                            }
                            return tenant(seen.tenantId(), triesLeft - 1);
                        });
    }

    private CompletableFuture<Optional<Tenant>> adopt(
            TenantItem item, ResolvedPolicy archived, Agreement last) {
        if (last.adopted() != item.policyVersion()) {
            LOG.warn(
                    "tenant {} has policy version {} by another node's policy file: this node's"
                            + " file differs",
                    item.tenantId(),
                    item.policyVersion());
            agreements.put(item.tenantId(), new Agreement(last.document(), item.policyVersion()));
        }
        return CompletableFuture.completedFuture(Optional.of(new Tenant(item, archived)));
    }

    private static CompletableFuture<Optional<Tenant>> none() {
        return CompletableFuture.completedFuture(Optional.empty());
    }
}
