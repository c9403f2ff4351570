package io.sluice.ingress.usage;

import io.sluice.contract.Granularity;
import io.sluice.contract.TenantTable;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.contract.VersionedItem;
import io.sluice.contract.json.UsageItemJson;
import io.sluice.ingress.aws.Items;
import io.sluice.ingress.aws.TableNames;
import io.sluice.ingress.tenant.TenantPlaces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Usage windows in the usage table: hash key {@code tenant_id}, range key {@code window}. */
@Singleton
final class DynamoDbUsageStore implements UsageStore {
    private final DynamoDbAsyncClient client;
    private final TenantTable kind;
    private final TenantPlaces places;

    DynamoDbUsageStore(DynamoDbAsyncClient client, TableNames tables, TenantPlaces places) {
        this.client = client;
        this.kind = TenantTable.of(tables.usage());
        this.places = places;
    }

    @Override
    public CompletableFuture<List<UsageItem>> windows(
            String tenantId, Granularity granularity, long fromMillis, long toMillis) {
        return places.readEach(
                        kind,
                        tenantId,
                        table -> windows(table, tenantId, granularity, fromMillis, toMillis))
                .thenApply(DynamoDbUsageStore::joined);
    }

    /** Counts are absolute: of a row that lies in two tables the newer one counts. */
    private static List<UsageItem> joined(List<List<UsageItem>> found) {
        if (found.size() == 1) {
            return found.get(0);
        }
        TreeMap<String, UsageItem> rows = new TreeMap<>();
        for (List<UsageItem> items : found) {
            items.forEach(i -> rows.merge(i.rangeKey(), i, VersionedItem::newer));
        }
        return List.copyOf(rows.values());
    }

    private CompletableFuture<List<UsageItem>> windows(
            String table,
            String tenantId,
            Granularity granularity,
            long fromMillis,
            long toMillis) {
        ConcurrentLinkedQueue<UsageItem> found = new ConcurrentLinkedQueue<>();
        return client.queryPaginator(
                        b ->
                                b.tableName(table)
                                        .keyConditionExpression(
                                                "tenant_id = :tenant AND #window BETWEEN :from AND"
                                                        + " :to")
                                        .expressionAttributeNames(Map.of("#window", "window"))
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":tenant",
                                                        Items.text(tenantId),
                                                        ":from",
                                                        Items.text(
                                                                UsageKey.rangePrefix(
                                                                        granularity, fromMillis)),
                                                        // Keys of that window are longer, so
                                                        // they sort behind it.
                                                        ":to",
                                                        Items.text(
                                                                UsageKey.rangePrefix(
                                                                        granularity, toMillis)))))
                .items()
                .subscribe(item -> found.add(UsageItemJson.read(Items.json(item))))
                .thenApply(done -> List.copyOf(found));
    }
}
