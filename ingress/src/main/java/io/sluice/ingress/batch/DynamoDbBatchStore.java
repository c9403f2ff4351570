package io.sluice.ingress.batch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Retention;
import io.sluice.ingress.aws.Items;
import io.sluice.ingress.aws.TableNames;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

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
    private final Retention retention;

    DynamoDbBatchStore(DynamoDbAsyncClient client, TableNames tables, Retention retention) {
        this.client = client;
        this.table = tables.batches();
        this.retention = retention;
    }

    @Override
    public CompletableFuture<Batch> commit(Batch batch, List<BatchEntry> entries) {
        List<CompletableFuture<?>> puts = new ArrayList<>();
        for (int i = 0; i < batch.chunks(); i++) {
            int to = Math.min(entries.size(), (i + 1) * Batch.CHUNK);
            ObjectNode item =
                    BatchItems.chunk(batch, i, entries.subList(i * Batch.CHUNK, to), retention);
            puts.add(client.putItem(b -> b.tableName(table).item(Items.attributes(item))));
        }
        return CompletableFuture.allOf(puts.toArray(CompletableFuture[]::new))
                .thenCompose(
                        done ->
                                client.putItem(
                                        b ->
                                                b.tableName(table)
                                                        .item(
                                                                Items.attributes(
                                                                        BatchItems.head(
                                                                                batch, retention)))
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
        return item(tenantId, id).thenApply(item -> item.map(BatchItems::batch));
    }

    @Override
    public CompletableFuture<List<BatchEntry>> entries(Batch batch, int chunk) {
        return item(batch.tenantId(), BatchItems.chunkName(batch, chunk))
                .thenApply(
                        item ->
                                BatchItems.entries(
                                        item.orElseThrow(
                                                () ->
                                                        new IllegalStateException(
                                                                batch.id()
                                                                        + " has no chunk "
                                                                        + chunk))));
    }

    @Override
    public CompletableFuture<Batch> begin(Batch batch, int chunk, long nowMillis) {
        AttributeValue now = AttributeValue.fromL(List.of(Items.number(nowMillis)));
        return update(
                batch,
                b ->
                        b.updateExpression("SET begun_at = list_append(begun_at, :now)")
                                .conditionExpression("size(begun_at) = :chunk AND cancelling = :no")
                                .expressionAttributeValues(
                                        Map.of(
                                                ":now",
                                                now,
                                                ":chunk",
                                                Items.number(chunk),
                                                ":no",
                                                AttributeValue.fromBool(false))));
    }

    @Override
    public CompletableFuture<Batch> markStored(Batch batch) {
        return mark(batch, "stored");
    }

    @Override
    public CompletableFuture<Batch> markCancelling(Batch batch) {
        return mark(batch, "cancelling");
    }

    private CompletableFuture<Batch> mark(Batch batch, String flag) {
        return update(
                batch,
                b ->
                        b.updateExpression("SET #flag = :yes")
                                .conditionExpression("attribute_exists(tenant_id)")
                                .expressionAttributeNames(Map.of("#flag", flag))
                                .expressionAttributeValues(
                                        Map.of(":yes", AttributeValue.fromBool(true))));
    }

    /** The batch after the update, or as it stands if the condition did not hold. */
    private CompletableFuture<Batch> update(
            Batch batch, Consumer<UpdateItemRequest.Builder> change) {
        UpdateItemRequest.Builder update =
                UpdateItemRequest.builder()
                        .tableName(table)
                        .key(key(batch.tenantId(), batch.id()))
                        .returnValues(ReturnValue.ALL_NEW)
                        .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD);
        change.accept(update);
        return client.updateItem(update.build())
                .thenApply(answer -> BatchItems.batch(Items.json(answer.attributes())))
                .exceptionally(DynamoDbBatchStore::standing);
    }

    private CompletableFuture<Optional<ObjectNode>> item(String tenantId, String name) {
        return client.getItem(b -> b.tableName(table).consistentRead(true).key(key(tenantId, name)))
                .thenApply(r -> r.hasItem() ? Optional.of(Items.json(r.item())) : Optional.empty());
    }

    private static Batch standing(Throwable thrown) {
        if (thrown.getCause() instanceof ConditionalCheckFailedException failed
                && !failed.item().isEmpty()) {
            return BatchItems.batch(Items.json(failed.item()));
        }
        throw thrown instanceof CompletionException e ? e : new CompletionException(thrown);
    }

    private static Map<String, AttributeValue> key(String tenantId, String name) {
        return Map.of("tenant_id", Items.text(tenantId), "item", Items.text(name));
    }
}
