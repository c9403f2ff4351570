package io.sluice.ingress.result;

import io.sluice.contract.AttemptItem;
import io.sluice.ingress.aws.Items;
import io.sluice.ingress.aws.TableNames;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Whether a model is called for a request, by the ledger of attempts that the job keeps. */
@Singleton
final class AttemptLookup {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptLookup.class);

    private final DynamoDbAsyncClient client;
    private final String table;

    AttemptLookup(DynamoDbAsyncClient client, TableNames tables) {
        this.client = client;
        this.table = tables.attempts();
    }

    /**
     * Whether an attempt for the request was ever claimed. Also false when that cannot be found
     * out: a request without a result is waited for either way.
     */
    CompletableFuture<Boolean> wasClaimed(String tenantId, String requestId) {
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
        return client.query(query)
                .thenApply(found -> !found.items().isEmpty())
                .exceptionally(
                        failure -> {
                            LOG.warn(
                                    "the attempts of {}/{} cannot be read: {}",
                                    tenantId,
                                    requestId,
                                    failure.toString());
                            return false;
                        });
    }
}
