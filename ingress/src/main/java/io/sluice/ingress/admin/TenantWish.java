package io.sluice.ingress.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.http.HttpStatus;
import io.sluice.contract.Isolation;
import io.sluice.contract.TenantItem;
import io.sluice.contract.policy.InvalidPolicyException;
import io.sluice.contract.policy.PolicyDocument;
import io.sluice.contract.policy.PolicyEntry;
import io.sluice.ingress.body.Body;
import io.sluice.ingress.body.BodyFields;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.tenant.Policies;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator wants a tenant to be: {@code {"tier","overrides":{…},"suspended"}}. What is
 * left out is the policy's, and not suspended.
 *
 * @param tier one of the policy's; null for what the policy says of the tenant
 * @param overrides limits for this tenant alone, by {@link io.sluice.contract.policy.LimitKey}
 * @param suspended whether every request is refused
 */
record TenantWish(@Nullable String tier, PolicyEntry overrides, boolean suspended) {
    static TenantWish read(BodyFields body, Policies policies) {
        PolicyDocument document = policies.document();
        String tier = body.optionalText("tier", 64);
        if (tier != null && !document.tierNames().contains(tier)) {
            throw body.wrong(
                    "tier",
                    "seen '"
                            + BodyFields.shown(tier)
                            + "', expected one of "
                            + String.join(", ", document.tierNames()));
        }
        return new TenantWish(tier, overrides(body, policies), body.flag("suspended"));
    }

    private static PolicyEntry overrides(BodyFields body, Policies policies) {
        JsonNode given = body.optional("overrides");
        if (given == null) {
            return PolicyEntry.NONE;
        }
        try {
            PolicyEntry overrides = PolicyEntry.ofOverrides(given);
            policies.document().checkModels(overrides, policies.prices());
            return overrides;
        } catch (InvalidPolicyException e) {
            throw Body.refused(String.join("; ", e.messages()) + ".");
        }
    }

    /** The tenant as wished; a tier that was not named is the document's. */
    TenantItem.Builder applyTo(TenantItem tenant, PolicyDocument document) {
        return tenant.toBuilder()
                .tier(tier == null ? document.tierOf(tenant.tenantId()) : tier)
                .tierByPolicy(tier == null)
                .overrides(overrides.text())
                .suspended(suspended);
    }

    /** The tenant; 409 if this names another isolation than it has: rows do not move so. */
    TenantItem unmoved(TenantItem tenant) {
        Isolation wished = overrides.isolation();
        if (wished != null && wished != tenant.isolation()) {
            throw Problem.of(
                            HttpStatus.CONFLICT,
                            "overrides.isolation: seen '"
                                    + wished.wireName()
                                    + "', but the rows of tenant "
                                    + tenant.tenantId()
                                    + " lie where '"
                                    + tenant.isolation().wireName()
                                    + "' says. Move them with: bin/sluice tenants move "
                                    + tenant.tenantId()
                                    + " --to "
                                    + wished.wireName())
                    .asException();
        }
        return tenant;
    }
}
