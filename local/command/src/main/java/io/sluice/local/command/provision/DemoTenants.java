package io.sluice.local.command.provision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.ingress.key.ApiKey;
import io.sluice.local.command.api.Reply;
import io.sluice.local.command.api.SluiceApi;
import io.sluice.local.command.data.DataFolder;
import io.sluice.local.command.data.Keys;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The three tenants that a new system has for trying it out, one per tier. */
public final class DemoTenants {
    /** The tiers; a tier's tenant is {@code demo-} and its name. */
    public static final List<String> TIERS = List.of("free", "business", "enterprise");

    private static final String TENANTS = "/v1/admin/tenants";
    private static final int CONFLICT = 409;

    private final SluiceApi admin;
    private final DataFolder folder;

    public DemoTenants(SluiceApi admin, DataFolder folder) {
        this.admin = admin;
        this.folder = folder;
    }

    /** The demo tenant of a tier. */
    public static String tenantOf(String tier) {
        return "demo-" + tier;
    }

    /** Makes the tenants and keys that are missing; each key is in the folder as soon as made. */
    public Keys ensure() throws IOException, InterruptedException {
        Keys keys = Keys.read(folder);
        for (String tier : TIERS) {
            String tenant = tenantOf(tier);
            if (!works(tenant, keys.tenants().getOrDefault(tenant, ""))) {
                keys = keys.withTenant(tenant, newKey(tenant, tier));
                keys.write(folder);
            }
        }
        return keys;
    }

    private boolean works(String tenant, String key) throws IOException, InterruptedException {
        Optional<ApiKey> parsed = ApiKey.parse(key);
        if (parsed.isEmpty()) {
            return false;
        }
        Reply reply = admin.get(TENANTS + "/" + tenant + "/keys");
        for (JsonNode stored : reply.body().path("keys")) {
            if (stored.path("key_id").asText().equals(parsed.get().keyId())) {
                return true;
            }
        }
        return false;
    }

    private String newKey(String tenant, String tier) throws IOException, InterruptedException {
        ObjectNode wish = Json.object().put("tenant_id", tenant).put("tier", tier);
        Reply reply = admin.post(TENANTS, wish);
        if (reply.status() == CONFLICT) {
            reply =
                    admin.post(
                            TENANTS + "/" + tenant + "/keys",
                            Json.object().put("label", "sluice up"));
        }
        String key = reply.body().path("api_key").asText();
        if (!reply.successful() || key.isEmpty()) {
            throw new IOException("no key for tenant " + tenant + ": " + reply.problem());
        }
        return key;
    }
}
