package io.sluice.ingress.session;

import io.sluice.contract.SessionItem;
import io.sluice.contract.SessionKey;
import io.sluice.contract.json.SessionItemJson;
import io.sluice.ingress.aws.Items;
import io.sluice.ingress.aws.TableNames;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Copies in the sessions table: hash key {@code tenant_id}, range key {@code conversation}. */
@Singleton
final class DynamoDbSessionStore implements SessionStore {
    /** Everything but the turns; by other names because some of these are words of DynamoDB. */
    private static final Map<String, String> LISTED =
            List.of(
                            "tenant_id",
                            "conversation",
                            "deleted",
                            "turn_count",
                            "tokens",
                            "updated_at_millis",
                            "expires_at",
                            "version")
                    .stream()
                    .collect(Collectors.toMap(name -> "#" + name, name -> name));

    private final DynamoDbAsyncClient client;
    private final String table;

    DynamoDbSessionStore(DynamoDbAsyncClient client, TableNames tables) {
        this.client = client;
        this.table = tables.sessions();
    }

    @Override
    public CompletableFuture<Optional<SessionItem>> get(String tenantId, SessionKey key) {
        return client.getItem(
                        b ->
                                b.tableName(table)
                                        .consistentRead(true)
                                        .key(keyOf(tenantId, key.text())))
                .thenApply(r -> r.hasItem() ? Optional.of(item(r.item())) : Optional.empty());
    }

    @Override
    public CompletableFuture<Page> list(
            String tenantId, String prefix, @Nullable String after, int limit) {
        QueryRequest.Builder query =
                QueryRequest.builder()
                        .tableName(table)
                        .keyConditionExpression(
                                "#tenant_id = :tenant AND begins_with(#conversation, :prefix)")
                        .projectionExpression(String.join(", ", LISTED.keySet()))
                        .expressionAttributeNames(LISTED)
                        .expressionAttributeValues(
                                Map.of(
                                        ":tenant",
                                        Items.text(tenantId),
                                        ":prefix",
                                        Items.text(prefix)))
                        .limit(limit);
        if (after != null) {
            query.exclusiveStartKey(keyOf(tenantId, after));
        }
        return client.query(query.build()).thenApply(DynamoDbSessionStore::page);
    }

    private static Page page(QueryResponse response) {
        AttributeValue last =
                response.hasLastEvaluatedKey()
                        ? response.lastEvaluatedKey().get("conversation")
                        : null;
        return new Page(
                response.items().stream().map(DynamoDbSessionStore::item).toList(),
                last == null ? null : last.s());
    }

    private static SessionItem item(Map<String, AttributeValue> attributes) {
        return SessionItemJson.read(Items.json(attributes));
    }

    private static Map<String, AttributeValue> keyOf(String tenantId, String conversation) {
        return Map.of("tenant_id", Items.text(tenantId), "conversation", Items.text(conversation));
    }
}
