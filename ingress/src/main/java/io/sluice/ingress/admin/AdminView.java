package io.sluice.ingress.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.ApiKeyItem;
import io.sluice.contract.Isolation;
import io.sluice.contract.TenantItem;
import io.sluice.contract.json.Json;
import io.sluice.ingress.key.KeyMint.MintedKey;
import java.time.Instant;

/** How the administrator sees tenants and keys. */
final class AdminView {
    private AdminView() {}

    /** The tenant, what was set for it alone, and every limit in force. */
    static ObjectNode tenant(TenantView seen) {
        TenantItem tenant = seen.item();
        ObjectNode view =
                Json.object()
                        .put("tenant_id", tenant.tenantId())
                        .put("tier", tenant.tier())
                        .put("policy_version", tenant.policyVersion())
                        .put("suspended", tenant.suspended())
                        .put("created_at", time(tenant.createdAtMillis()));
        view.put("isolation", tenant.isolation().wireName());
        Isolation alsoIn = tenant.alsoIn();
        if (alsoIn != null) {
            view.put("also_in", alsoIn.wireName());
        }
        view.set("overrides", Json.parse(tenant.overrides()));
        seen.policy()
                .ifPresent(
                        policy -> {
                            view.put("tier", policy.effective().tier())
                                    .put("policy_hash", policy.hash())
                                    .put("price_version", policy.effective().priceVersion())
                                    .set("limits", policy.document().get("limits"));
                        });
        return view;
    }

    static ObjectNode created(TenantAdministration.Created created) {
        return Json.object()
                .put("tenant_id", created.tenant().tenantId())
                .put("tier", created.tenant().tier())
                .put("policy_version", created.tenant().policyVersion())
                .put("api_key", created.key().key().text());
    }

    static ObjectNode key(ApiKeyItem key) {
        return Json.object()
                .put("key_id", key.keyId())
                .put("label", key.label())
                .put("created_at", time(key.createdAtMillis()))
                .put("expires_at", key.expiresAtMillis() == 0 ? null : time(key.expiresAtMillis()));
    }

    static ObjectNode minted(MintedKey minted) {
        return key(minted.item()).put("api_key", minted.key().text());
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
