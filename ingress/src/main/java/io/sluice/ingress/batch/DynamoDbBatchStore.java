package io.sluice.ingress.batch;

import io.sluice.contract.ResultItem;
import io.sluice.contract.json.Json;
import io.sluice.ingress.aws.Items;
import io.sluice.ingress.aws.TableNames;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Batches in a table: hash key {@code tenant_id}, range key {@code item}. A batch is an item {@code
 * <id>}; its entries are items {@code <id>#<attempt>#<chunk>} written before. So the batch item,
 * put on condition that there is none, makes one attempt's chunks count. All of them end with the
 * results.
 */
@Singleton
final class DynamoDbBatchStore implements BatchStore {
    private final DynamoDbAsyncClient client;
    private final String table;

    DynamoDbBatchStore(DynamoDbAsyncClient client, TableNames tables) {
        this.client = client;
        this.table = tables.batches();
    }

    @Override
    public CompletableFuture<Batch> commit(Batch batch, List<BatchEntry> entries) {
        List<CompletableFuture<?>> puts = new ArrayList<>();
        for (int i = 0; i < batch.chunks(); i++) {
            int to = Math.min(entries.size(), (i + 1) * Batch.CHUNK);
            Map<String, AttributeValue> item =
                    chunkItem(batch, i, entries.subList(i * Batch.CHUNK, to));
            puts.add(client.putItem(b -> b.tableName(table).item(item)));
        }
        return CompletableFuture.allOf(puts.toArray(CompletableFuture[]::new))
                .thenCompose(
                        done ->
                                client.putItem(
                                        b ->
                                                b.tableName(table)
                                                        .item(headItem(batch))
                                                        .conditionExpression(
                                                                "attribute_not_exists(tenant_id)")
                                                        .returnValuesOnConditionCheckFailure(
                                                                ReturnValuesOnConditionCheckFailure
                                                                        .ALL_OLD)))
                .thenApply(done -> batch)
                .exceptionally(DynamoDbBatchStore::standing);
    }

    @Override
    public CompletableFuture<Optional<Batch>> find(String tenantId, String id) {
        return item(tenantId, id).thenApply(item -> item.map(DynamoDbBatchStore::batch));
    }

    @Override
    public CompletableFuture<List<BatchEntry>> entries(Batch batch, int chunk) {
        return item(batch.tenantId(), chunkName(batch, chunk))
                .thenApply(
                        item ->
                                entries(
                                        item.orElseThrow(
                                                () ->
                                                        new IllegalStateException(
                                                                batch.id()
                                                                        + " has no chunk "
                                                                        + chunk))));
    }

    @Override
    public CompletableFuture<Void> markStored(Batch batch) {
        return mark(batch, "stored");
    }

    @Override
    public CompletableFuture<Void> markCancelling(Batch batch) {
        return mark(batch, "cancelling");
    }

    private CompletableFuture<Void> mark(Batch batch, String flag) {
        return client.updateItem(
                        b ->
                                b.tableName(table)
                                        .key(key(batch.tenantId(), batch.id()))
                                        .updateExpression("SET #flag = :yes")
                                        .conditionExpression("attribute_exists(tenant_id)")
                                        .expressionAttributeNames(Map.of("#flag", flag))
                                        .expressionAttributeValues(
                                                Map.of(":yes", AttributeValue.fromBool(true))))
                .thenAccept(done -> {});
    }

    private CompletableFuture<Optional<Map<String, AttributeValue>>> item(
            String tenantId, String name) {
        return client.getItem(b -> b.tableName(table).consistentRead(true).key(key(tenantId, name)))
                .thenApply(r -> r.hasItem() ? Optional.of(r.item()) : Optional.empty());
    }

    private static Batch standing(Throwable thrown) {
        if (thrown.getCause() instanceof ConditionalCheckFailedException failed) {
            return batch(failed.item());
        }
        throw thrown instanceof CompletionException e ? e : new CompletionException(thrown);
    }

    private static Map<String, AttributeValue> key(String tenantId, String name) {
        return Map.of("tenant_id", Items.text(tenantId), "item", Items.text(name));
    }

    private static String chunkName(Batch batch, int chunk) {
        return batch.id() + '#' + batch.attempt() + '#' + chunk;
    }

    private static AttributeValue expiresAt(Batch batch) {
        return Items.number(batch.receivedAtMillis() / 1_000 + ResultItem.RETENTION_SECONDS);
    }

    private static Map<String, AttributeValue> headItem(Batch batch) {
        Map<String, AttributeValue> item = new HashMap<>(key(batch.tenantId(), batch.id()));
        item.put("attempt", Items.text(batch.attempt()));
        item.put("received_at", Items.number(batch.receivedAtMillis()));
        item.put("total", Items.number(batch.total()));
        item.put("stored", AttributeValue.fromBool(batch.stored()));
        item.put("cancelling", AttributeValue.fromBool(batch.cancelling()));
        item.put("expires_at", expiresAt(batch));
        return item;
    }

    private static Batch batch(Map<String, AttributeValue> item) {
        var json = Items.json(item);
        return new Batch(
                json.required("tenant_id").textValue(),
                json.required("item").textValue(),
                json.required("attempt").textValue(),
                json.required("received_at").longValue(),
                json.required("total").intValue(),
                json.required("stored").booleanValue(),
                json.required("cancelling").booleanValue());
    }

    private static Map<String, AttributeValue> chunkItem(
            Batch batch, int chunk, List<BatchEntry> entries) {
        var json = Json.object();
        var ids = json.putArray("request_ids");
        var names = json.putArray("custom_ids");
        entries.forEach(e -> ids.add(e.requestId()));
        entries.forEach(e -> names.add(e.customId()));
        Map<String, AttributeValue> item = new HashMap<>(Items.attributes(json));
        item.putAll(key(batch.tenantId(), chunkName(batch, chunk)));
        item.put("expires_at", expiresAt(batch));
        return item;
    }

    private static List<BatchEntry> entries(Map<String, AttributeValue> item) {
        var json = Items.json(item);
        List<BatchEntry> entries = new ArrayList<>();
        for (int i = 0; i < json.required("request_ids").size(); i++) {
            @Nullable String name = json.required("custom_ids").get(i).textValue();
            entries.add(new BatchEntry(json.required("request_ids").get(i).textValue(), name));
        }
        return entries;
    }
}
