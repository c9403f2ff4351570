package io.sluice.local.command.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.AttemptItem;
import io.sluice.contract.Granularity;
import io.sluice.contract.Names;
import io.sluice.contract.ResultItem;
import io.sluice.contract.TableShape;
import io.sluice.contract.TenantItem;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.contract.VersionedItem;
import io.sluice.contract.json.AttemptItemJson;
import io.sluice.contract.json.ResultItemJson;
import io.sluice.contract.json.UsageItemJson;
import io.sluice.ingress.aws.Items;
import io.sluice.ingress.requestid.RequestIds;
import io.sluice.local.command.tenants.TenantEntries;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The tables in DynamoDB, read consistently: those in which a tenant's rows lie, by its entry; both
 * during a move.
 */
public final class DynamoDbLedgerTables implements LedgerTables {
    private final DynamoDbClient dynamoDb;
    private final TenantEntries entries;

    /** Reads with that client, which stays the caller's. */
    public DynamoDbLedgerTables(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
        this.entries = new TenantEntries(dynamoDb);
    }

    @Override
    public List<String> tenants() {
        return dynamoDb
                .scanPaginator(
                        r ->
                                r.tableName(Names.TENANTS_TABLE)
                                        .consistentRead(true)
                                        .projectionExpression("tenant_id")
                                        .filterExpression("#item = :tenant")
                                        .expressionAttributeNames(Map.of("#item", "item"))
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":tenant",
                                                        Items.text(TenantItem.RANGE_KEY))))
                .items()
                .stream()
                .map(item -> Items.json(item).path("tenant_id").asText())
                .sorted()
                .toList();
    }

    @Override
    public long erasedBeforeMillis(String tenantId) {
        return entries.read(tenantId).map(TenantItem::erasedAtMillis).orElse(0L);
    }

    @Override
    public Iterator<UsageItem> usage(
            String tenantId, Granularity granularity, long fromMillis, long toMillis) {
        // Keys of a window are longer than its prefix, so those of the end sort behind it.
        return query(
                TableShape.USAGE,
                tenantId,
                UsageKey.rangePrefix(granularity, fromMillis),
                UsageKey.rangePrefix(granularity, toMillis),
                UsageItemJson::read,
                UsageItem::rangeKey,
                VersionedItem::newer);
    }

    @Override
    public Iterator<ResultItem> results(String tenantId, long fromMillis, long toMillis) {
        return query(
                TableShape.REQUESTS,
                tenantId,
                RequestIds.lowerBound(fromMillis),
                RequestIds.lowerBound(toMillis),
                ResultItemJson::read,
                ResultItem::requestId,
                (one, other) -> one);
    }

    @Override
    public Iterator<AttemptItem> attempts(String tenantId, long fromMillis, long toMillis) {
        return query(
                TableShape.ATTEMPTS,
                tenantId,
                RequestIds.lowerBound(fromMillis),
                RequestIds.lowerBound(toMillis),
                AttemptItemJson::read,
                AttemptItem::rangeKey,
                (one, other) -> one.end() == null ? other : one);
    }

    private <T> Iterator<T> query(
            TableShape shape,
            String tenantId,
            String from,
            String to,
            Function<JsonNode, T> reader,
            Function<T, String> key,
            BinaryOperator<T> which) {
        List<Iterator<T>> found =
                entries.places(tenantId).stream()
                        .map(place -> shape.tables().of(tenantId, place))
                        .map(table -> query(table, shape.rangeKey(), tenantId, from, to, reader))
                        .toList();
        return found.size() == 1
                ? found.get(0)
                : new JoinedRows<>(found.get(0), found.get(1), key, which);
    }

    private <T> Iterator<T> query(
            String table,
            String rangeKey,
            String tenantId,
            String from,
            String to,
            Function<JsonNode, T> reader) {
        return dynamoDb
                .queryPaginator(
                        r ->
                                r.tableName(table)
                                        .consistentRead(true)
                                        .keyConditionExpression(
                                                "tenant_id = :tenant AND #key BETWEEN :from AND"
                                                        + " :to")
                                        .expressionAttributeNames(Map.of("#key", rangeKey))
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":tenant", Items.text(tenantId),
                                                        ":from", Items.text(from),
                                                        ":to", Items.text(to))))
                .items()
                .stream()
                .map(item -> reader.apply(Items.json(item)))
                .iterator();
    }
}
