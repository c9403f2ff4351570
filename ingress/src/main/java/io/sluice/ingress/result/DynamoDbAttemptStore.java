package io.sluice.ingress.result;

import io.sluice.contract.AttemptItem;
import io.sluice.contract.TenantTable;
import io.sluice.ingress.aws.Items;
import io.sluice.ingress.aws.TableNames;
import io.sluice.ingress.tenant.TenantPlaces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Attempts in their table: hash key {@code tenant_id}, range key {@code attempt_key}. */
@Singleton
final class DynamoDbAttemptStore implements AttemptStore {
    private final DynamoDbAsyncClient client;
    private final TenantTable kind;
    private final TenantPlaces places;

    DynamoDbAttemptStore(DynamoDbAsyncClient client, TableNames tables, TenantPlaces places) {
        this.client = client;
        this.kind = TenantTable.of(tables.attempts());
        this.places = places;
    }

    @Override
    public CompletableFuture<Boolean> wasClaimed(String tenantId, String requestId) {
        return places.readEach(kind, tenantId, table -> wasClaimed(table, tenantId, requestId))
                .thenApply(found -> found.contains(true));
    }

    private CompletableFuture<Boolean> wasClaimed(String table, String tenantId, String requestId) {
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
