package io.sluice.ingress.tenant;

import io.sluice.contract.ApiKeyItem;
import io.sluice.contract.TenantItem;
import io.sluice.contract.json.TenantItemJson;
import io.sluice.contract.policy.ArchivedPolicy;
import io.sluice.contract.policy.ResolvedPolicy;
import io.sluice.ingress.aws.Items;
import io.sluice.ingress.aws.TableNames;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Tenants, their policies and keys in the tenants table: hash key {@code tenant_id}, range key
 * {@code item}.
 */
@Singleton
final class DynamoDbTenantStore implements TenantStore {
    // docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html,
    // 2026-11-25
    private static final String CONDITION = "ConditionalCheckFailed";

    private static final String CONFLICT = "TransactionConflict";

    /** A tenant's item is written when it or its policy changes: conflicts do not repeat. */
    private static final int MOST_TRIES = 5;

    private final DynamoDbAsyncClient client;
    private final String table;

    DynamoDbTenantStore(DynamoDbAsyncClient client, TableNames tables) {
        this.client = client;
        this.table = tables.tenants();
    }

    @Override
    public CompletableFuture<Optional<TenantItem>> tenant(String tenantId) {
        return item(tenantId, TenantItem.RANGE_KEY)
                .thenApply(item -> item.map(i -> TenantItemJson.readTenant(Items.json(i))));
    }

    @Override
    public CompletableFuture<List<TenantItem>> tenants() {
        var found = new java.util.concurrent.ConcurrentLinkedQueue<TenantItem>();
        return client.scanPaginator(
                        b ->
                                b.tableName(table)
                                        .consistentRead(true)
                                        .filterExpression("#item = :tenant")
                                        .expressionAttributeNames(Map.of("#item", "item"))
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":tenant",
                                                        Items.text(TenantItem.RANGE_KEY))))
                .items()
                .subscribe(i -> found.add(TenantItemJson.readTenant(Items.json(i))))
                .thenApply(
                        done ->
                                found.stream()
                                        .sorted(Comparator.comparing(TenantItem::tenantId))
                                        .toList());
    }

    @Override
    public CompletableFuture<Boolean> replace(
            TenantItem tenant, int seenVersion, @Nullable ResolvedPolicy policy) {
        Put.Builder put =
                Put.builder().tableName(table).item(Items.attributes(TenantItemJson.write(tenant)));
        if (seenVersion == 0) {
            put.conditionExpression("attribute_not_exists(tenant_id)");
        } else {
            put.conditionExpression("policy_version = :seen")
                    .expressionAttributeValues(Map.of(":seen", Items.number(seenVersion)));
        }
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(TransactWriteItem.builder().put(put.build()).build());
        if (policy != null) {
            writes.add(archive(tenant.tenantId(), policy));
        }
        return client.transactWriteItems(b -> b.transactItems(writes))
                .thenApply(done -> true)
                .exceptionally(DynamoDbTenantStore::falseIfOthersWrote);
    }

    private TransactWriteItem archive(String tenantId, ResolvedPolicy policy) {
        return TransactWriteItem.builder()
                .put(
                        p ->
                                p.tableName(table)
                                        .item(
                                                Items.attributes(
                                                        ArchivedPolicy.write(tenantId, policy)))
                                        .conditionExpression("attribute_not_exists(tenant_id)"))
                .build();
    }

    @Override
    public CompletableFuture<Optional<ResolvedPolicy>> policy(String tenantId, int version) {
        return item(tenantId, ArchivedPolicy.rangeKey(version))
                .thenApply(item -> item.map(i -> ArchivedPolicy.read(Items.json(i))));
    }

    @Override
    public CompletableFuture<Optional<ApiKeyItem>> key(String tenantId, String keyId) {
        return item(tenantId, ApiKeyItem.RANGE_PREFIX + keyId)
                .thenApply(item -> item.map(i -> TenantItemJson.readKey(Items.json(i))));
    }

    @Override
    public CompletableFuture<List<ApiKeyItem>> keys(String tenantId) {
        var found = new java.util.concurrent.ConcurrentLinkedQueue<ApiKeyItem>();
        return client.queryPaginator(
                        b ->
                                b.tableName(table)
                                        .consistentRead(true)
                                        .keyConditionExpression(
                                                "tenant_id = :tenant AND begins_with(#item, :key)")
                                        .expressionAttributeNames(Map.of("#item", "item"))
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":tenant",
                                                        Items.text(tenantId),
                                                        ":key",
                                                        Items.text(ApiKeyItem.RANGE_PREFIX))))
                .items()
                .subscribe(i -> found.add(TenantItemJson.readKey(Items.json(i))))
                .thenApply(done -> List.copyOf(found));
    }

    @Override
    public CompletableFuture<Boolean> put(ApiKeyItem key) {
        return put(key, MOST_TRIES);
    }

    private CompletableFuture<Boolean> put(ApiKeyItem key, int triesLeft) {
        TransactWriteItem alive =
                TransactWriteItem.builder()
                        .conditionCheck(
                                c ->
                                        c.tableName(table)
                                                .key(keyOf(key.tenantId(), TenantItem.RANGE_KEY))
                                                .conditionExpression("deleted = :no")
                                                .expressionAttributeValues(
                                                        Map.of(
                                                                ":no",
                                                                AttributeValue.fromBool(false))))
                        .build();
        TransactWriteItem put =
                TransactWriteItem.builder()
                        .put(
                                p ->
                                        p.tableName(table)
                                                .item(Items.attributes(TenantItemJson.write(key))))
                        .build();
        return client.transactWriteItems(b -> b.transactItems(alive, put))
                .thenApply(done -> true)
                .exceptionallyCompose(
                        thrown -> {
                            if (isCancelled(thrown, Set.of(CONDITION))) {
                                return CompletableFuture.completedFuture(false);
                            }
                            return triesLeft > 1 && isCancelled(thrown, Set.of(CONFLICT))
                                    ? put(key, triesLeft - 1)
                                    : CompletableFuture.failedFuture(thrown);
                        });
    }

    @Override
    public CompletableFuture<Boolean> remove(String tenantId, String keyId) {
        return client.deleteItem(
                        b ->
                                b.tableName(table)
                                        .key(keyOf(tenantId, ApiKeyItem.RANGE_PREFIX + keyId))
                                        .returnValues(ReturnValue.ALL_OLD))
                .thenApply(deleted -> !deleted.attributes().isEmpty());
    }

    private CompletableFuture<Optional<Map<String, AttributeValue>>> item(
            String tenantId, String range) {
        return client.getItem(
                        b -> b.tableName(table).consistentRead(true).key(keyOf(tenantId, range)))
                .thenApply(r -> r.hasItem() ? Optional.of(r.item()) : Optional.empty());
    }

    private static Map<String, AttributeValue> keyOf(String tenantId, String range) {
        Map<String, AttributeValue> key = new HashMap<>();
        key.put("tenant_id", Items.text(tenantId));
        key.put("item", Items.text(range));
        return key;
    }

    /** Another write came first, or came at the same time. */
    private static boolean falseIfOthersWrote(Throwable thrown) {
        if (isCancelled(thrown, Set.of(CONDITION, CONFLICT))) {
            return false;
        }
        throw thrown instanceof CompletionException e ? e : new CompletionException(thrown);
    }

    private static boolean isCancelled(Throwable thrown, Set<String> codes) {
        return thrown.getCause() instanceof TransactionCanceledException e
                && e.cancellationReasons().stream()
                        .anyMatch(reason -> codes.contains(reason.code()));
    }
}
