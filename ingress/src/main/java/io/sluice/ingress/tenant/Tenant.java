package io.sluice.ingress.tenant;

import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.TenantItem;
import io.sluice.contract.policy.ResolvedPolicy;

/** A tenant that exists, and its policy under the version stored with it. */
public record Tenant(TenantItem item, ResolvedPolicy resolved) {
    /** The tenant's id. */
    public String id() {
        return item.tenantId();
    }

    /** What its requests are stamped with. */
    public EffectivePolicy policy() {
        return resolved.effective();
    }
}
