package io.sluice.ingress.result;

import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.json.ResultItemJson;
import io.sluice.ingress.aws.Items;
import io.sluice.ingress.aws.TableNames;
import jakarta.inject.Singleton;
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
                    "expires_at");

    private final DynamoDbAsyncClient client;
    private final String table;

    DynamoDbResultStore(DynamoDbAsyncClient client, TableNames tables) {
        this.client = client;
        this.table = tables.requests();
    }

    @Override
    public CompletableFuture<Optional<ResultItem>> get(ResultKey key) {
        return client.getItem(b -> b.tableName(table).consistentRead(true).key(attributes(key)))
                .thenApply(r -> r.hasItem() ? Optional.of(item(r.item())) : Optional.empty());
    }

    @Override
    public CompletableFuture<Found> find(Set<ResultKey> keys) {
        KeysAndAttributes wanted =
                KeysAndAttributes.builder()
                        .consistentRead(true)
                        .keys(keys.stream().map(DynamoDbResultStore::attributes).toList())
                        .build();
        return client.batchGetItem(b -> b.requestItems(Map.of(table, wanted)))
                .thenApply(this::found);
    }

    private Found found(BatchGetItemResponse response) {
        Map<ResultKey, ResultItem> items = new HashMap<>();
        for (Map<String, AttributeValue> attributes :
                response.responses().getOrDefault(table, List.of())) {
            ResultItem item = item(attributes);
            items.put(new ResultKey(item.tenantId(), item.requestId()), item);
        }
        Set<ResultKey> unread = new HashSet<>();
        KeysAndAttributes left = response.unprocessedKeys().get(table);
        if (left != null) {
            left.keys().forEach(k -> unread.add(key(k)));
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

    private static Page page(QueryResponse response, String highest) {
        AttributeValue last =
                response.hasLastEvaluatedKey()
                        ? response.lastEvaluatedKey().get("request_id")
                        : null;
        return new Page(
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
