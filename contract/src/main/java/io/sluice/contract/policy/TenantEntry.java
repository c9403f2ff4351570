package io.sluice.contract.policy;

import org.jspecify.annotations.Nullable;

/** What the policy says of one tenant: its tier, null for the default one, and limits. */
final class TenantEntry {
    static final TenantEntry NONE = new TenantEntry(null, PolicyEntry.NONE);

    private final @Nullable String tier;
    private final PolicyEntry limits;

    TenantEntry(@Nullable String tier, PolicyEntry limits) {
        this.tier = tier;
        this.limits = limits;
    }

    @Nullable String tier() {
        return tier;
    }

    PolicyEntry limits() {
        return limits;
    }
}
