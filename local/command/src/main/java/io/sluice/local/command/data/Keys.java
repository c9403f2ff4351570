package io.sluice.local.command.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The API keys that {@code up} made, as {@code keys.json} has them.
 *
 * @param admin the administrator's; empty before it is made
 * @param tenants the demo tenants', by tenant id
 */
public record Keys(String admin, Map<String, String> tenants) {
    public Keys {
        tenants = Collections.unmodifiableMap(new TreeMap<>(tenants));
    }

    /** The keys on disk; none of them before they are made. */
    public static Keys read(DataFolder folder) throws IOException {
        ObjectNode node = JsonFile.read(folder.keys()).orElseGet(Json::object);
        Map<String, String> tenants = new TreeMap<>();
        node.path("tenants")
                .properties()
                .forEach(field -> tenants.put(field.getKey(), field.getValue().asText()));
        return new Keys(node.path("admin").asText(), tenants);
    }

    public void write(DataFolder folder) throws IOException {
        JsonFile.write(folder.keys(), json());
    }

    public ObjectNode json() {
        ObjectNode node = Json.object().put("admin", admin);
        tenants.forEach(node.putObject("tenants")::put);
        return node;
    }

    public Keys withAdmin(String key) {
        return new Keys(key, tenants);
    }

    public Keys withTenant(String tenantId, String key) {
        Map<String, String> more = new TreeMap<>(tenants);
        more.put(tenantId, key);
        return new Keys(admin, more);
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return "Keys[" + tenants.keySet() + "]";
    }
}
