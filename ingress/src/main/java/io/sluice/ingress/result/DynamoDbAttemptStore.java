package io.sluice.ingress.result;

import io.sluice.contract.AttemptItem;
import io.sluice.ingress.aws.Items;
import io.sluice.ingress.aws.TableNames;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Attempts in their table: hash key {@code tenant_id}, range key {@code attempt_key}. */
@Singleton
final class DynamoDbAttemptStore implements AttemptStore {
    private final DynamoDbAsyncClient client;
    private final String table;

    DynamoDbAttemptStore(DynamoDbAsyncClient client, TableNames tables) {
        this.client = client;
        this.table = tables.attempts();
    }

    @Override
    public CompletableFuture<Boolean> wasClaimed(String tenantId, String requestId) {
        QueryRequest query =
                QueryRequest.builder()
                        .tableName(table)
                        .keyConditionExpression(
                                "tenant_id = :tenant AND begins_with(attempt_key, :prefix)")
                        .expressionAttributeValues(
                                Map.of(
                                        ":tenant", Items.text(tenantId),
                                        ":prefix", Items.text(AttemptItem.keyPrefix(requestId))))
                        .projectionExpression("attempt_key")
                        .limit(1)
                        .build();
        return client.query(query).thenApply(found -> !found.items().isEmpty());
    }
}
