package io.sluice.local.command.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.AttemptItem;
import io.sluice.contract.Granularity;
import io.sluice.contract.Names;
import io.sluice.contract.ResultItem;
import io.sluice.contract.TenantItem;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.contract.json.AttemptItemJson;
import io.sluice.contract.json.ResultItemJson;
import io.sluice.contract.json.UsageItemJson;
import io.sluice.ingress.aws.Items;
import io.sluice.ingress.requestid.RequestIds;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The tables in DynamoDB, read consistently. */
public final class DynamoDbLedgerTables implements LedgerTables {
    private final DynamoDbClient dynamoDb;

    /** Reads with that client, which stays the caller's. */
    public DynamoDbLedgerTables(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
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
    public Iterator<UsageItem> usage(
            String tenantId, Granularity granularity, long fromMillis, long toMillis) {
        // Keys of a window are longer than its prefix, so those of the end sort behind it.
        return query(
                Names.USAGE_TABLE,
                "window",
                tenantId,
                UsageKey.rangePrefix(granularity, fromMillis),
                UsageKey.rangePrefix(granularity, toMillis),
                UsageItemJson::read);
    }

    @Override
    public Iterator<ResultItem> results(String tenantId, long fromMillis, long toMillis) {
        return query(
                Names.REQUESTS_TABLE,
                "request_id",
                tenantId,
                RequestIds.lowerBound(fromMillis),
                RequestIds.lowerBound(toMillis),
                ResultItemJson::read);
    }

    @Override
    public Iterator<AttemptItem> attempts(String tenantId, long fromMillis, long toMillis) {
        return query(
                Names.ATTEMPTS_TABLE,
                "attempt_key",
                tenantId,
                RequestIds.lowerBound(fromMillis),
                RequestIds.lowerBound(toMillis),
                AttemptItemJson::read);
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
