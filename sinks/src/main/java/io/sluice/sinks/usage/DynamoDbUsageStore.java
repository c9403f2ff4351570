package io.sluice.sinks.usage;

import io.sluice.contract.UsageItem;
import io.sluice.contract.json.UsageItemJson;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.aws.AwsFailures;
import io.sluice.sinks.aws.BlockingCalls;
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

/** Usage windows in a DynamoDB table: one put each, under a condition on the version. */
public final class DynamoDbUsageStore implements UsageStore {
    private final DynamoDbClient client;
    private final BlockingCalls calls;
    private final String table;

    private DynamoDbUsageStore(DynamoDbClient client, int maxConcurrency, String table) {
        this.client = client;
        this.calls = new BlockingCalls("store-usage", maxConcurrency);
        this.table = table;
    }

    /** Stores into that table, each subtask with a client and threads of its own. */
    public static Factory in(AwsAccess access, String table) {
        return maxConcurrency ->
                new DynamoDbUsageStore(
                        DynamoDbClients.open(access, maxConcurrency), maxConcurrency, table);
    }

    @Override
    public CompletableFuture<Boolean> putIfNewer(UsageItem item) {
        PutItemRequest put =
                PutItemRequest.builder()
                        .tableName(table)
                        .item(ItemAttributes.of(UsageItemJson.write(item)))
                        .conditionExpression(
                                "attribute_not_exists(tenant_id) OR #version < :version")
                        .expressionAttributeNames(Map.of("#version", "version"))
                        .expressionAttributeValues(
                                Map.of(
                                        ":version",
                                        AttributeValue.fromN(Long.toString(item.version()))))
                        .build();
        return calls.call(() -> client.putItem(put))
                .handle((answer, failure) -> failure == null || written(item, failure));
    }

    @Override
    public void close() {
        calls.close();
        client.close();
    }

    private static boolean written(UsageItem item, Throwable failure) {
        Throwable cause = AwsFailures.unwrapped(failure);
        if (cause instanceof ConditionalCheckFailedException) {
            return false;
        }
        throw new CompletionException(
                DynamoDbFailures.toException(
                        cause, "usage of " + item.tenantId() + ", " + item.key().rangeKey()));
    }
}
