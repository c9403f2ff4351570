package io.sluice.ingress.tenant;

import io.sluice.contract.Isolation;
import io.sluice.contract.PriceBook;
import io.sluice.contract.TenantItem;
import io.sluice.contract.json.Json;
import io.sluice.contract.policy.InvalidPolicyException;
import io.sluice.contract.policy.PolicyDocument;
import io.sluice.contract.policy.PolicyEntry;
import io.sluice.contract.policy.ResolvedPolicy;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes effective policies of stored tenants by the document in force. */
@Singleton
public final class Policies {
    private static final Logger LOG = LoggerFactory.getLogger(Policies.class);

    private final PolicyFile file;
    private final PriceBook prices;

    /** With the document in force and the price book that tenants are billed by. */
    public Policies(PolicyFile file, PriceBook prices) {
        this.file = file;
        this.prices = prices;
    }

    /** The document in force. */
    public PolicyDocument document() {
        return file.current();
    }

    /** The price book that tenants are billed by. */
    public PriceBook prices() {
        return prices;
    }

    /**
     * A tenant's policy under its stored version; empty if its tier or its overrides are no more.
     * Its isolation is the one of the tenant's entry: what tiers and overrides say of it is asked
     * when the tenant is created, and a tenant's rows do not move because a file changed.
     */
    public Optional<ResolvedPolicy> policyOf(TenantItem tenant) {
        return policyOf(document(), tenant);
    }

    /** The isolation that a tenant would have if it were created now. */
    public Isolation isolationForNew(TenantItem tenant) {
        return policyOf(document(), tenant, overrides -> overrides)
                .map(ResolvedPolicy::isolation)
                .orElse(Isolation.POOLED);
    }

    Optional<ResolvedPolicy> policyOf(PolicyDocument document, TenantItem tenant) {
        return policyOf(document, tenant, overrides -> overrides.with(tenant.isolation()));
    }

    private Optional<ResolvedPolicy> policyOf(
            PolicyDocument document, TenantItem tenant, UnaryOperator<PolicyEntry> entry) {
        try {
            PolicyEntry overrides =
                    entry.apply(PolicyEntry.ofStored(Json.parse(tenant.overrides())));
            Optional<ResolvedPolicy> policy =
                    document.policyOf(
                            tenant.tenantId(),
                            tenant.tierByPolicy() ? null : tenant.tier(),
                            overrides,
                            prices.version(),
                            tenant.policyVersion());
            if (policy.isEmpty()) {
                LOG.warn(
                        "tenant {} is of tier {}, which the policy does not have: its keys are"
                                + " refused",
                        tenant.tenantId(),
                        tenant.tier());
            }
            return policy;
        } catch (InvalidPolicyException e) {
            LOG.warn(
                    "tenant {} has overrides that cannot be used, its keys are refused: {}",
                    tenant.tenantId(),
                    e.getMessage());
            return Optional.empty();
        }
    }
}
