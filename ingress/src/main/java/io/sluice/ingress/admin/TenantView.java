package io.sluice.ingress.admin;

import io.sluice.contract.TenantItem;
import io.sluice.contract.policy.ResolvedPolicy;
import java.util.Optional;

/** A stored tenant, and its policy if it has one. */
record TenantView(TenantItem item, Optional<ResolvedPolicy> policy) {}
