package io.sluice.sinks.relational;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.ResultItem;
import io.sluice.contract.UsageItem;
import io.sluice.contract.VersionedItem;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.ResultItemJson;
import io.sluice.contract.json.UsageItemJson;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row on its way into the mirror: where it goes, what tells it apart, and the JSON of its item.
 * Has no text of prompts or answers. Immutable.
 */
public final class MirrorRow implements VersionedItem {
    /** The version of a result: it has but one, and the first that comes stands. */
    private static final long FINAL = 0;

    private final MirrorTable table;
    private final String database;
    private final String tenantId;
    private final String rangeKey;
    private final long version;
    private final byte[] json;

    MirrorRow(
            MirrorTable table,
            String database,
            String tenantId,
            String rangeKey,
            long version,
            byte[] json) {
        this.table = table;
        this.database = database;
        this.tenantId = tenantId;
        this.rangeKey = rangeKey;
        this.version = version;
        this.json = json;
    }

    /** The row of a usage window; {@code ownDatabase} if its tenant has one. */
    public static MirrorRow of(UsageItem item, boolean ownDatabase) {
        return new MirrorRow(
                MirrorTable.USAGE_WINDOWS,
                DatabaseName.of(item.tenantId(), ownDatabase),
                item.tenantId(),
                item.rangeKey(),
                item.version(),
                Json.bytes(UsageItemJson.write(item)));
    }

    /** The row of a final result; {@code ownDatabase} if its tenant has one. */
    public static MirrorRow of(ResultItem item, boolean ownDatabase) {
        return new MirrorRow(
                MirrorTable.RESULTS,
                DatabaseName.of(item.tenantId(), ownDatabase),
                item.tenantId(),
                item.requestId(),
                FINAL,
                Json.bytes(ResultItemJson.write(ResultRows.metadata(item))));
    }

    /** The table. */
    MirrorTable table() {
        return table;
    }

    /** The tenant's own database; empty for the one that tenants share. */
    String database() {
        return database;
    }

    @Override
    public String tenantId() {
        return tenantId;
    }

    @Override
    public String rangeKey() {
        return rangeKey;
    }

    @Override
    public long version() {
        return version;
    }

    /** What no other row has: tenant ids have no {@code #}. */
    String key() {
        return table.code() + "#" + tenantId + "#" + rangeKey;
    }

    JsonNode item() {
        return Json.parse(json);
    }

    /** The JSON itself, not a copy: not to be changed. */
    byte[] json() {
        return json;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof MirrorRow)) {
            return false;
        }
        MirrorRow that = (MirrorRow) other;
        return table == that.table
                && database.equals(that.database)
                && tenantId.equals(that.tenantId)
                && rangeKey.equals(that.rangeKey)
                && version == that.version
                && Arrays.equals(json, that.json);
    }

    @Override
    public int hashCode() {
        return Objects.hash(table, database, tenantId, rangeKey, version);
    }

    /** Without the item. */
    @Override
    public String toString() {
        return "MirrorRow{" + database + ' ' + key() + " v" + version + '}';
    }
}
