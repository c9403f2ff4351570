package io.sluice.sinks.result;

import io.sluice.contract.Isolation;
import io.sluice.contract.ResultItem;
import io.sluice.contract.Retention;
import io.sluice.contract.TenantTable;
import io.sluice.contract.json.ResultItemJson;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.aws.AwsFailures;
import io.sluice.sinks.aws.BlockingCalls;
import io.sluice.sinks.aws.Stage;
import io.sluice.sinks.dynamodb.DynamoDbClients;
import io.sluice.sinks.dynamodb.DynamoDbFailures;
import io.sluice.sinks.dynamodb.GatheredReads;
import io.sluice.sinks.dynamodb.ItemAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** Result items in the DynamoDB table of their tenant and isolation: one conditional put each. */
public final class DynamoDbResultStore implements ResultStore {
    /** Only a restart asks for many, and all at once. */
    private static final int READS_AT_ONCE = 2;

    private final DynamoDbClient client;
    private final BlockingCalls calls;
    private final GatheredReads reads;
    private final TenantTable tables;
    private final Retention retention;

    private DynamoDbResultStore(
            DynamoDbClient client, int maxConcurrency, TenantTable tables, Retention retention) {
        this.client = client;
        this.calls = new BlockingCalls("store-results", maxConcurrency);
        this.reads = new GatheredReads(client, "find-results", READS_AT_ONCE);
        this.tables = tables;
        this.retention = retention;
    }

    /**
     * Stores into that table and those of tenants kept apart, each subtask with a client and
     * threads of its own.
     */
    public static Factory in(AwsAccess access, String table, Retention retention) {
        TenantTable tables = TenantTable.of(table);
        return maxConcurrency ->
                new DynamoDbResultStore(
                        DynamoDbClients.open(access, maxConcurrency),
                        maxConcurrency,
                        tables,
                        retention);
    }

    @Override
    public CompletableFuture<ResultItem> putFinal(ResultItem item) {
        PutItemRequest put =
                PutItemRequest.builder()
                        .tableName(tables.of(item.tenantId(), item.isolation()))
                        .item(ItemAttributes.of(ResultItemConverter.row(item, retention)))
                        .conditionExpression("attribute_not_exists(request_id)")
                        .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .build();
        return calls.call(item.tenantId(), Stage.END, () -> client.putItem(put))
                .handle((answer, failure) -> failure == null ? item : standing(item, failure));
    }

    @Override
    public CompletableFuture<Optional<ResultItem>> find(
            String tenantId, String requestId, Isolation isolation) {
        Map<String, AttributeValue> key =
                Map.of(
                        "tenant_id", AttributeValue.fromS(tenantId),
                        "request_id", AttributeValue.fromS(requestId));
        return reads.read(tables.of(tenantId, isolation), key)
                .handle(
                        (answer, failure) -> {
                            if (failure != null) {
                                throw new CompletionException(
                                        DynamoDbFailures.toException(
                                                AwsFailures.unwrapped(failure),
                                                "the result of " + tenantId + "/" + requestId));
                            }
                            return answer.map(
                                    item -> ResultItemJson.read(ItemAttributes.toJson(item)));
                        });
    }

    @Override
    public void close() {
        calls.close();
        reads.close();
        client.close();
    }

    private static ResultItem standing(ResultItem item, Throwable failure) {
        Throwable cause = AwsFailures.unwrapped(failure);
        if (cause instanceof ConditionalCheckFailedException) {
            Map<String, AttributeValue> earlier = ((ConditionalCheckFailedException) cause).item();
            if (!earlier.isEmpty()) {
                return ResultItemJson.read(ItemAttributes.toJson(earlier));
            }
        }
        throw new CompletionException(
                DynamoDbFailures.toException(
                        cause, "the result of " + item.tenantId() + "/" + item.requestId()));
    }
}
