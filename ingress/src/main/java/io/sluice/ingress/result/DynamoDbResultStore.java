package io.sluice.ingress.result;

import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.TenantTable;
import io.sluice.contract.json.ResultItemJson;
import io.sluice.ingress.aws.Items;
import io.sluice.ingress.aws.TableNames;
import io.sluice.ingress.query.JoinedPages;
import io.sluice.ingress.tenant.TenantPlaces;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Results in the requests table: hash key {@code tenant_id}, range key {@code request_id}. */
@Singleton
final class DynamoDbResultStore implements ResultStore {
    /** What {@link ResultItemJson} reads, but the answer. */
    private static final List<String> WITHOUT_ANSWER =
            List.of(
                    "tenant_id",
                    "request_id",
                    "status",
                    "decision",
                    "usage",
                    "cost_pico_usd",
                    "provider_cost_pico_usd",
                    "estimated_cost_pico_usd",
                    "price_version",
                    "model",
                    "region",
                    "service_tier",
                    "stale",
                    "endpoint",
                    "attempt",
                    "possible_duplicate",
                    "latency_ms",
                    "received_at_millis",
                    "finished_at_millis",
                    "expires_at",
                    "isolation");

    private final DynamoDbAsyncClient client;
    private final TenantTable kind;
    private final TenantPlaces places;

    DynamoDbResultStore(DynamoDbAsyncClient client, TableNames tables, TenantPlaces places) {
        this.client = client;
        this.kind = TenantTable.of(tables.requests());
        this.places = places;
    }

    @Override
    public CompletableFuture<Optional<ResultItem>> get(ResultKey key) {
        return places.readEach(kind, key.tenantId(), table -> get(table, key))
                .thenApply(found -> found.stream().flatMap(Optional::stream).findFirst());
    }

    private CompletableFuture<Optional<ResultItem>> get(String table, ResultKey key) {
        return client.getItem(b -> b.tableName(table).consistentRead(true).key(attributes(key)))
                .thenApply(r -> r.hasItem() ? Optional.of(item(r.item())) : Optional.empty());
    }

    @Override
    public CompletableFuture<Found> find(Set<ResultKey> keys) {
        Map<String, CompletableFuture<List<String>>> looked = new HashMap<>();
        for (ResultKey key : keys) {
            looked.computeIfAbsent(key.tenantId(), tenant -> places.tables(kind, tenant));
        }
        return CompletableFuture.allOf(looked.values().toArray(CompletableFuture[]::new))
                .thenCompose(
                        done -> {
                            Map<String, List<String>> tables = new HashMap<>();
                            looked.forEach((tenant, names) -> tables.put(tenant, names.join()));
                            return find(keys, tables, 0);
                        });
    }

    /** Looks in each tenant's table of that place, and for what is not there in the next place. */
    private CompletableFuture<Found> find(
            Set<ResultKey> keys, Map<String, List<String>> tables, int place) {
        Map<String, List<Map<String, AttributeValue>>> wanted = new HashMap<>();
        for (ResultKey key : keys) {
            List<String> ofTenant = tables.getOrDefault(key.tenantId(), List.of());
            if (place < ofTenant.size()) {
                wanted.computeIfAbsent(ofTenant.get(place), name -> new ArrayList<>())
                        .add(attributes(key));
            }
        }
        if (wanted.isEmpty()) {
            return CompletableFuture.completedFuture(new Found(Map.of(), Set.of()));
        }
        Map<String, KeysAndAttributes> request = new HashMap<>();
        wanted.forEach(
                (name, ofTable) ->
                        request.put(
                                name,
                                KeysAndAttributes.builder()
                                        .consistentRead(true)
                                        .keys(ofTable)
                                        .build()));
        return client.batchGetItem(b -> b.requestItems(request))
                .thenApply(DynamoDbResultStore::found)
                .thenCompose(
                        found -> {
                            Set<ResultKey> left = new HashSet<>(keys);
                            left.removeAll(found.items().keySet());
                            left.removeAll(found.unread());
                            return find(left, tables, place + 1)
                                    .thenApply(rest -> both(found, rest));
                        });
    }

    private static Found both(Found first, Found rest) {
        Map<ResultKey, ResultItem> items = new HashMap<>(first.items());
        items.putAll(rest.items());
        Set<ResultKey> unread = new HashSet<>(first.unread());
        unread.addAll(rest.unread());
        return new Found(items, unread);
    }

    private static Found found(BatchGetItemResponse response) {
        Map<ResultKey, ResultItem> items = new HashMap<>();
        for (List<Map<String, AttributeValue>> ofTable : response.responses().values()) {
            for (Map<String, AttributeValue> attributes : ofTable) {
                ResultItem item = item(attributes);
                items.put(new ResultKey(item.tenantId(), item.requestId()), item);
            }
        }
        Set<ResultKey> unread = new HashSet<>();
        for (KeysAndAttributes ofTable : response.unprocessedKeys().values()) {
            ofTable.keys().forEach(k -> unread.add(key(k)));
        }
        return new Found(items, unread);
    }

    @Override
    public CompletableFuture<Page> list(
            String tenantId,
            String lowest,
            String highest,
            @Nullable ResultStatus status,
            int limit) {
        return places.readEach(
                        kind, tenantId, t -> list(t, tenantId, lowest, highest, status, limit))
                .thenApply(pages -> joined(pages, limit))
                .thenApply(page -> new Page(page.items(), page.last()));
    }

    /** Newest first; a result is the same wherever it lies. */
    private static JoinedPages<ResultItem> joined(List<JoinedPages<ResultItem>> pages, int limit) {
        return JoinedPages.of(
                pages,
                ResultItem::requestId,
                Comparator.reverseOrder(),
                (one, other) -> one,
                limit);
    }

    private CompletableFuture<JoinedPages<ResultItem>> list(
            String table,
            String tenantId,
            String lowest,
            String highest,
            @Nullable ResultStatus status,
            int limit) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":tenant", Items.text(tenantId));
        values.put(":lowest", Items.text(lowest));
        values.put(":highest", Items.text(highest));
        QueryRequest.Builder query =
                QueryRequest.builder()
                        .tableName(table)
                        .keyConditionExpression(
                                "tenant_id = :tenant AND request_id BETWEEN :lowest AND :highest")
                        .scanIndexForward(false)
                        .limit(limit);
        if (status != null) {
            values.put(":status", Items.text(status.wireName()));
            query.filterExpression("#status = :status")
                    .expressionAttributeNames(Map.of("#status", "status"));
        }
        return client.query(query.expressionAttributeValues(values).build())
                .thenApply(r -> page(r, highest));
    }

    @Override
    public CompletableFuture<List<ResultItem>> newest(String tenantId, int most) {
        return places.readEach(kind, tenantId, table -> newest(table, tenantId, most))
                .thenApply(
                        found ->
                                joined(
                                                found.stream()
                                                        .map(l -> new JoinedPages<>(l, null))
                                                        .toList(),
                                                most)
                                        .items());
    }

    private CompletableFuture<List<ResultItem>> newest(String table, String tenantId, int most) {
        Map<String, String> names = new HashMap<>();
        for (String attribute : WITHOUT_ANSWER) {
            names.put("#" + attribute, attribute);
        }
        return client.query(
                        b ->
                                b.tableName(table)
                                        .keyConditionExpression("tenant_id = :tenant")
                                        .projectionExpression(String.join(",", names.keySet()))
                                        .expressionAttributeNames(names)
                                        .expressionAttributeValues(
                                                Map.of(":tenant", Items.text(tenantId)))
                                        .scanIndexForward(false)
                                        .limit(most))
                .thenApply(r -> r.items().stream().map(DynamoDbResultStore::item).toList());
    }

    private static JoinedPages<ResultItem> page(QueryResponse response, String highest) {
        AttributeValue last =
                response.hasLastEvaluatedKey()
                        ? response.lastEvaluatedKey().get("request_id")
                        : null;
        return new JoinedPages<>(
                response.items().stream()
                        .map(DynamoDbResultStore::item)
                        .filter(item -> !item.requestId().equals(highest)) // BETWEEN includes it
                        .toList(),
                last == null ? null : last.s());
    }

    private static ResultKey key(Map<String, AttributeValue> attributes) {
        return new ResultKey(
                Objects.requireNonNull(attributes.get("tenant_id")).s(),
                Objects.requireNonNull(attributes.get("request_id")).s());
    }

    private static ResultItem item(Map<String, AttributeValue> attributes) {
        return ResultItemJson.read(Items.json(attributes));
    }

    private static Map<String, AttributeValue> attributes(ResultKey key) {
        return Map.of(
                "tenant_id", Items.text(key.tenantId()), "request_id", Items.text(key.requestId()));
    }
}
