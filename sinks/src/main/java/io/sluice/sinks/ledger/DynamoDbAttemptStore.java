package io.sluice.sinks.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.AttemptItem;
import io.sluice.contract.Isolation;
import io.sluice.contract.Retention;
import io.sluice.contract.TenantTable;
import io.sluice.contract.json.AttemptItemJson;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.aws.AwsFailures;
import io.sluice.sinks.aws.BlockingCalls;
import io.sluice.sinks.aws.Stage;
import io.sluice.sinks.dynamodb.DynamoDbClients;
import io.sluice.sinks.dynamodb.DynamoDbFailures;
import io.sluice.sinks.dynamodb.ItemAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Attempts in the DynamoDB table of their tenant and isolation: hash key {@code tenant_id}, range
 * key {@code attempt_key}.
 */
public final class DynamoDbAttemptStore implements AttemptStore {
    private static final String NOT_THERE = "attribute_not_exists(attempt_key)";
    private static final String CLAIMED_BY_RUN = "#state = :claimed AND run_id = :run";

    private final DynamoDbClient client;
    private final BlockingCalls calls;
    private final TenantTable tables;
    private final Retention retention;

    private DynamoDbAttemptStore(
            DynamoDbClient client, int maxConcurrency, TenantTable tables, Retention retention) {
        this.client = client;
        this.calls = new BlockingCalls("store-attempts", maxConcurrency);
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
                new DynamoDbAttemptStore(
                        DynamoDbClients.open(access, maxConcurrency),
                        maxConcurrency,
                        tables,
                        retention);
    }

    @Override
    public CompletableFuture<AttemptItem> claim(AttemptItem claim, Stage stage) {
        PutItemRequest put = put(claim).conditionExpression(NOT_THERE).build();
        return calls.call(claim.tenantId(), stage, () -> client.putItem(put))
                .handle(
                        (answer, failure) ->
                                failure == null
                                        ? claim
                                        : standing(claim, failure)
                                                .orElseThrow(() -> refused(claim, failure)));
    }

    @Override
    public CompletableFuture<Optional<AttemptItem>> finish(AttemptItem finished) {
        PutItemRequest put =
                put(finished)
                        .conditionExpression(CLAIMED_BY_RUN)
                        .expressionAttributeNames(Map.of("#state", "state"))
                        .expressionAttributeValues(claimedBy(finished))
                        .build();
        return calls.call(finished.tenantId(), Stage.END, () -> client.putItem(put))
                .handle(
                        (answer, failure) ->
                                failure == null
                                        ? Optional.of(finished)
                                        : standing(finished, failure));
    }

    @Override
    public CompletableFuture<Void> release(AttemptItem claim) {
        DeleteItemRequest delete =
                DeleteItemRequest.builder()
                        .tableName(tables.of(claim.tenantId(), claim.isolation()))
                        .key(
                                Map.of(
                                        "tenant_id", AttributeValue.fromS(claim.tenantId()),
                                        "attempt_key", AttributeValue.fromS(claim.rangeKey())))
                        .conditionExpression(CLAIMED_BY_RUN)
                        .expressionAttributeNames(Map.of("#state", "state"))
                        .expressionAttributeValues(claimedBy(claim))
                        .build();
        return calls.call(claim.tenantId(), Stage.END, () -> client.deleteItem(delete))
                .handle(
                        (answer, failure) -> {
                            if (failure != null) {
                                standing(claim, failure); // that of another stays
                            }
                            return null;
                        });
    }

    @Override
    public CompletableFuture<List<AttemptItem>> read(
            String tenantId, String requestId, Isolation isolation) {
        QueryRequest query =
                QueryRequest.builder()
                        .tableName(tables.of(tenantId, isolation))
                        .consistentRead(true)
                        .keyConditionExpression(
                                "tenant_id = :tenant AND begins_with(attempt_key, :prefix)")
                        .expressionAttributeValues(
                                Map.of(
                                        ":tenant", AttributeValue.fromS(tenantId),
                                        ":prefix",
                                                AttributeValue.fromS(
                                                        AttemptItem.keyPrefix(requestId))))
                        .build();
        return calls.call(tenantId, Stage.AGAIN, () -> attempts(query))
                .exceptionally(
                        failure -> {
                            throw new CompletionException(
                                    DynamoDbFailures.toException(
                                            failure, "attempts of " + tenantId + "/" + requestId));
                        });
    }

    @Override
    public void close() {
        calls.close();
        client.close();
    }

    private List<AttemptItem> attempts(QueryRequest query) {
        List<AttemptItem> items = new ArrayList<>();
        client.queryPaginator(query).items().forEach(item -> items.add(item(item)));
        return items;
    }

    private PutItemRequest.Builder put(AttemptItem item) {
        return PutItemRequest.builder()
                .tableName(tables.of(item.tenantId(), item.isolation()))
                .item(ItemAttributes.of(row(item)))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    }

    private ObjectNode row(AttemptItem item) {
        return AttemptItemJson.write(item)
                .put("expires_at", retention.resultExpiresAtSeconds(item.expiresAtSeconds()));
    }

    private static Map<String, AttributeValue> claimedBy(AttemptItem item) {
        return Map.of(
                ":claimed", AttributeValue.fromS(AttemptItemJson.CLAIMED),
                ":run", AttributeValue.fromS(item.runId()));
    }

    /** What made the condition fail, empty if nothing is there; throws if it is another failure. */
    private static Optional<AttemptItem> standing(AttemptItem item, Throwable failure) {
        Throwable cause = AwsFailures.unwrapped(failure);
        if (!(cause instanceof ConditionalCheckFailedException)) {
            throw refused(item, cause);
        }
        Map<String, AttributeValue> earlier = ((ConditionalCheckFailedException) cause).item();
        return earlier.isEmpty() ? Optional.empty() : Optional.of(item(earlier));
    }

    private static CompletionException refused(AttemptItem item, Throwable failure) {
        return new CompletionException(
                DynamoDbFailures.toException(
                        failure, "attempt " + item.tenantId() + "/" + item.rangeKey()));
    }

    private static AttemptItem item(Map<String, AttributeValue> attributes) {
        return AttemptItemJson.read(ItemAttributes.toJson(attributes));
    }
}
