package io.sluice.ingress.tenant;

import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.TenantItem;

/** A tenant that exists, and the policy its requests are stamped with. */
public record Tenant(TenantItem item, EffectivePolicy policy) {
    /** The tenant's id. */
    public String id() {
        return item.tenantId();
    }
}
