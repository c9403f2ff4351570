package io.sluice.contract.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.MalformedJsonException;

/**
 * One version of a tenant's policy in the tenants table, written once and never changed: {@code
 * {"tenant_id","item":"policy#7","policy_version","hash","document"}}.
 */
public final class ArchivedPolicy {
    /** The range key is this and the version. */
    private static final String RANGE_PREFIX = "policy#";

    private ArchivedPolicy() {}

    /** The range key of a version. */
    public static String rangeKey(int version) {
        return RANGE_PREFIX + version;
    }

    /** The item of a tenant's policy. */
    public static ObjectNode write(String tenantId, ResolvedPolicy policy) {
        int version = policy.effective().version();
        ObjectNode item =
                Json.object()
                        .put("tenant_id", tenantId)
                        .put("item", rangeKey(version))
                        .put("policy_version", version)
                        .put("hash", policy.hash());
        item.set("document", policy.document());
        return item;
    }

    /**
     * The policy in an item.
     *
     * @throws MalformedJsonException if it is none, or its content has another hash
     */
    public static ResolvedPolicy read(JsonNode item) {
        ResolvedPolicy policy =
                ResolvedPolicy.ofDocument(
                        item.path("document"), item.path("policy_version").asInt());
        if (!policy.hash().equals(item.path("hash").asText())) {
            throw new MalformedJsonException(
                    "policy "
                            + item.path("tenant_id").asText()
                            + ' '
                            + item.path("item").asText()
                            + ": its document does not have the hash stored with it");
        }
        return policy;
    }
}
