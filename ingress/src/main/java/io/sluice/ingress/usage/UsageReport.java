package io.sluice.ingress.usage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.UsageItem;
import io.sluice.contract.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds usage windows up into the rows of a report: by window, then tenant if asked for, then the
 * groups asked for. Not thread-safe.
 */
final class UsageReport {
    /** Sorts by window, then labels. */
    private record RowKey(long windowStartMillis, List<String> labels)
            implements Comparable<RowKey> {
        @Override
        public int compareTo(RowKey other) {
            int byWindow = Long.compare(windowStartMillis, other.windowStartMillis);
            return byWindow != 0
                    ? byWindow
                    : String.join("#", labels).compareTo(String.join("#", other.labels));
        }
    }

    private final UsageQuery query;
    private final boolean byTenant;
    private final Map<RowKey, UsageSum> rows = new TreeMap<>();
    private final Map<String, UsageSum> tenants = new TreeMap<>();
    private final UsageSum total = new UsageSum();

    UsageReport(UsageQuery query, boolean byTenant) {
        this.query = query;
        this.byTenant = byTenant;
    }

    void add(UsageItem item) {
        List<String> labels = new ArrayList<>();
        if (byTenant) {
            labels.add(item.tenantId());
        }
        query.groups().forEach(group -> labels.add(group.labelOf(item.key())));
        long start = query.window().start(item.key().windowStartMillis());
        rows.computeIfAbsent(new RowKey(start, labels), key -> new UsageSum()).add(item.counts());
        tenants.computeIfAbsent(item.tenantId(), id -> new UsageSum()).add(item.counts());
        total.add(item.counts());
    }

    ObjectNode json() {
        ObjectNode report =
                Json.object()
                        .put("from", time(query.fromMillis()))
                        .put("to", time(query.toMillis()))
                        .put("granularity", query.window().wireName());
        ArrayNode list = report.putArray("rows");
        rows.forEach((key, sum) -> list.add(row(key, sum)));
        report.set("totals", write(total, Json.object()));
        if (byTenant) {
            ArrayNode perTenant = report.putArray("tenants");
            tenants.forEach(
                    (id, sum) -> perTenant.add(write(sum, Json.object().put("tenant_id", id))));
        }
        return report;
    }

    private ObjectNode row(RowKey key, UsageSum sum) {
        ObjectNode row = Json.object().put("window_start", time(key.windowStartMillis()));
        int i = 0;
        if (byTenant) {
            row.put("tenant_id", key.labels().get(i++));
        }
        for (GroupBy group : query.groups()) {
            row.put(group.wireName(), key.labels().get(i++));
        }
        return write(sum, row);
    }

    private ObjectNode write(UsageSum sum, ObjectNode row) {
        sum.writeTo(row);
        return byTenant ? sum.writeProviderTo(row) : row;
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
