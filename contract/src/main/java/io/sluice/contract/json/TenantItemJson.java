package io.sluice.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.ApiKeyItem;
import io.sluice.contract.Isolation;
import io.sluice.contract.TenantItem;

/**
 * JSON of tenants and of their keys: the fields are the items' attributes in the tenants table;
 * {@code item} is the range key.
 */
public final class TenantItemJson {
    private TenantItemJson() {}

    /** A tenant as a tree. */
    public static ObjectNode write(TenantItem item) {
        ObjectNode node =
                Json.object()
                        .put("tenant_id", item.tenantId())
                        .put("item", TenantItem.RANGE_KEY)
                        .put("tier", item.tier());
        node.set("overrides", Json.parse(item.overrides()));
        node.put("policy_version", item.policyVersion())
                .put("suspended", item.suspended())
                .put("deleted", item.deleted())
                .put("created_at_millis", item.createdAtMillis());
        if (item.tierByPolicy()) {
            node.put("tier_by_policy", true);
        }
        if (item.policyHash() != null) {
            node.put("policy_hash", item.policyHash());
        }
        IsolationJson.write(node, item.isolation());
        Isolation alsoIn = item.alsoIn();
        if (alsoIn != null) {
            node.put("also_in", alsoIn.wireName());
        }
        if (item.movedAtMillis() != 0) {
            node.put("moved_at_millis", item.movedAtMillis());
        }
        if (item.erasing()) {
            node.put("erasing", true);
        }
        if (item.erasedAtMillis() != 0) {
            node.put("erased_at_millis", item.erasedAtMillis());
        }
        return node;
    }

    /** The tenant of a tree; throws {@link MalformedJsonException} if it is none. */
    public static TenantItem readTenant(JsonNode node) {
        Fields fields = Fields.of("tenant", node);
        return TenantItem.builder()
                .tenantId(fields.text("tenant_id"))
                .tier(fields.text("tier"))
                .tierByPolicy(fields.flag("tier_by_policy", false))
                .overrides(fields.has("overrides") ? sorted(node.get("overrides")) : "{}")
                .policyVersion(fields.smallNumber("policy_version"))
                .policyHash(fields.optionalText("policy_hash"))
                .suspended(fields.flag("suspended"))
                .deleted(fields.flag("deleted"))
                .createdAtMillis(fields.number("created_at_millis"))
                .isolation(IsolationJson.read(fields))
                .alsoIn(
                        fields.has("also_in")
                                ? fields.word("also_in", Isolation::ofWireName)
                                : null)
                .movedAtMillis(fields.number("moved_at_millis", 0))
                .erasing(fields.flag("erasing", false))
                .erasedAtMillis(fields.number("erased_at_millis", 0))
                .build();
    }

    /** Tables keep no order of keys; equal overrides have one text. */
    private static String sorted(JsonNode overrides) {
        return Json.text(SortedJson.of(overrides));
    }

    /** A key as a tree. */
    public static ObjectNode write(ApiKeyItem item) {
        return Json.object()
                .put("tenant_id", item.tenantId())
                .put("item", item.rangeKey())
                .put("key_id", item.keyId())
                .put("salt", item.salt())
                .put("hash", item.hash())
                .put("label", item.label())
                .put("created_at_millis", item.createdAtMillis())
                .put("expires_at_millis", item.expiresAtMillis());
    }

    /** The key of a tree; throws {@link MalformedJsonException} if it is none. */
    public static ApiKeyItem readKey(JsonNode node) {
        Fields fields = Fields.of("key", node);
        return ApiKeyItem.builder()
                .tenantId(fields.text("tenant_id"))
                .keyId(fields.text("key_id"))
                .salt(fields.text("salt"))
                .hash(fields.text("hash"))
                .label(fields.text("label"))
                .createdAtMillis(fields.number("created_at_millis"))
                .expiresAtMillis(fields.number("expires_at_millis"))
                .build();
    }
}
