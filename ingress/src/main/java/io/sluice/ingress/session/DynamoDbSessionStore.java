package io.sluice.ingress.session;

import io.sluice.contract.SessionItem;
import io.sluice.contract.SessionKey;
import io.sluice.contract.TenantTable;
import io.sluice.contract.VersionedItem;
import io.sluice.contract.json.SessionItemJson;
import io.sluice.ingress.aws.Items;
import io.sluice.ingress.aws.TableNames;
import io.sluice.ingress.query.JoinedPages;
import io.sluice.ingress.tenant.TenantPlaces;
import jakarta.inject.Singleton;
import java.util.Comparator;
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
    private final TenantTable kind;
    private final TenantPlaces places;

    DynamoDbSessionStore(DynamoDbAsyncClient client, TableNames tables, TenantPlaces places) {
        this.client = client;
        this.kind = TenantTable.of(tables.sessions());
        this.places = places;
    }

    @Override
    public CompletableFuture<Optional<SessionItem>> get(String tenantId, SessionKey key) {
        return places.readEach(kind, tenantId, table -> get(table, tenantId, key))
                .thenApply(
                        found ->
                                found.stream()
                                        .flatMap(Optional::stream)
                                        .reduce(VersionedItem::newer));
    }

    private CompletableFuture<Optional<SessionItem>> get(
            String table, String tenantId, SessionKey key) {
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
        return places.readEach(kind, tenantId, t -> list(t, tenantId, prefix, after, limit))
                .thenApply(
                        pages ->
                                JoinedPages.of(
                                        pages,
                                        SessionItem::rangeKey,
                                        Comparator.naturalOrder(),
                                        VersionedItem::newer,
                                        limit))
                .thenApply(page -> new Page(page.items(), page.last()));
    }

    private CompletableFuture<JoinedPages<SessionItem>> list(
            String table, String tenantId, String prefix, @Nullable String after, int limit) {
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

    private static JoinedPages<SessionItem> page(QueryResponse response) {
        AttributeValue last =
                response.hasLastEvaluatedKey()
                        ? response.lastEvaluatedKey().get("conversation")
                        : null;
        return new JoinedPages<>(
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
