package io.sluice.local.command.tenants;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import java.util.Map;
import java.util.TreeMap;

/** What was erased of a tenant. */
public final class EraseReport {
    private static final String SEALED =
            "copies elsewhere (stream, checkpoints, savepoints, backups) can no longer be read;"
                    + " running parts forget the keys within five minutes\n";
    private static final String READABLE =
            "payloads are not sealed here (SLUICE_KEYS is none): copies in the stream, savepoints"
                    + " and backups can be read until they go with their retention\n";

    private final String tenantId;
    private final Map<String, Long> rows = new TreeMap<>();
    private int objects;
    private final boolean sealed;
    private int keys;

    /** Of a tenant, whose payloads are sealed, or lie readable. */
    EraseReport(String tenantId, boolean sealed) {
        this.tenantId = tenantId;
        this.sealed = sealed;
    }

    /** Adds rows; how many there were. */
    long rows(Map<String, Long> removed) {
        removed.forEach((table, count) -> rows.merge(table, count, Long::sum));
        return removed.values().stream().mapToLong(Long::longValue).sum();
    }

    void objects(int removed) {
        objects += removed;
    }

    void keys(int destroyed) {
        keys += destroyed;
    }

    /** As JSON. */
    public ObjectNode json() {
        ObjectNode node = Json.object().put("tenant_id", tenantId);
        ObjectNode tables = node.putObject("rows");
        rows.forEach(tables::put);
        return node.put("objects", objects).put("keys", keys).put("sealed", sealed);
    }

    /** For a person. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append("erased ").append(tenantId).append(": ");
        rows.forEach(
                (table, count) -> {
                    if (count > 0) {
                        text.append(count).append(" rows of ").append(table).append(", ");
                    }
                });
        return text.append(objects)
                .append(" large payloads, ")
                .append(keys)
                .append(" data keys\n")
                .append(sealed ? SEALED : READABLE)
                .append("usage, prices, policies and the chain of decisions stay\n")
                .toString();
    }
}
