package io.sluice.sinks.versioned;

import io.sluice.contract.TenantTable;
import io.sluice.contract.VersionedItem;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.aws.AwsFailures;
import io.sluice.sinks.aws.BlockingCalls;
import io.sluice.sinks.aws.Stage;
import io.sluice.sinks.dynamodb.DynamoDbClients;
import io.sluice.sinks.dynamodb.DynamoDbFailures;
import io.sluice.sinks.dynamodb.ItemAttributes;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * Items in the DynamoDB table of their tenant and isolation: one put each, under a condition on the
 * version.
 */
public final class DynamoDbVersionedStore<T extends VersionedItem> implements VersionedStore<T> {
    private final DynamoDbClient client;
    private final BlockingCalls calls;
    private final TenantTable tables;
    private final ItemForm<T> form;

    private DynamoDbVersionedStore(
            DynamoDbClient client, int maxConcurrency, TenantTable tables, ItemForm<T> form) {
        this.client = client;
        this.calls = new BlockingCalls("store-" + form.name(), maxConcurrency);
        this.tables = tables;
        this.form = form;
    }

    /**
     * Stores into that table and those of tenants kept apart, each subtask with a client and
     * threads of its own.
     */
    public static <T extends VersionedItem> Factory<T> in(
            AwsAccess access, String table, ItemForm<T> form) {
        TenantTable tables = TenantTable.of(table);
        return maxConcurrency ->
                new DynamoDbVersionedStore<>(
                        DynamoDbClients.open(access, maxConcurrency), maxConcurrency, tables, form);
    }

    @Override
    public CompletableFuture<Boolean> putIfNewer(T item) {
        PutItemRequest put =
                PutItemRequest.builder()
                        .tableName(tables.of(item.tenantId(), item.isolation()))
                        .item(ItemAttributes.of(form.write(item)))
                        .conditionExpression(
                                "attribute_not_exists(tenant_id) OR #version < :version")
                        .expressionAttributeNames(Map.of("#version", "version"))
                        .expressionAttributeValues(
                                Map.of(
                                        ":version",
                                        AttributeValue.fromN(Long.toString(item.version()))))
                        .build();
        return calls.call(item.tenantId(), Stage.END, () -> client.putItem(put))
                .handle((answer, failure) -> failure == null || written(item, failure));
    }

    @Override
    public void close() {
        calls.close();
        client.close();
    }

    private boolean written(T item, Throwable failure) {
        Throwable cause = AwsFailures.unwrapped(failure);
        if (cause instanceof ConditionalCheckFailedException) {
            return false;
        }
        throw new CompletionException(
                DynamoDbFailures.toException(
                        cause, form.name() + " of " + item.tenantId() + ", " + item.rangeKey()));
    }
}
