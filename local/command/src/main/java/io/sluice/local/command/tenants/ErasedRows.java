package io.sluice.local.command.tenants;

import io.sluice.contract.DeadLetterItem;
import io.sluice.contract.Isolation;
import io.sluice.contract.TableShape;
import io.sluice.contract.json.AttemptItemJson;
import io.sluice.ingress.aws.Items;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * The rows in which a tenant's payloads, or what names them, may lie: results, attempts, copies of
 * conversations, idempotency keys, batches and dead letters, in shared tables and in the tenant's
 * own, whichever its policy says and said. Usage and its prices are the ledger and stay, as do the
 * tenant's entry and its archived policies. Removing may be repeated.
 */
final class ErasedRows {
    private static final List<TableShape> PER_TENANT =
            List.of(
                    TableShape.REQUESTS,
                    TableShape.ATTEMPTS,
                    TableShape.SESSIONS,
                    TableShape.IDEMPOTENCY,
                    TableShape.BATCHES);

    private final DynamoDbClient dynamoDb;
    private final String tenantId;
    private final Runnable row;

    /**
     * Rows of a tenant.
     *
     * @param row told of each row that was removed
     */
    ErasedRows(DynamoDbClient dynamoDb, String tenantId, Runnable row) {
        this.dynamoDb = dynamoDb;
        this.tenantId = tenantId;
        this.row = row;
    }

    /** Calls that began, have no end, and may still get one. */
    long openCalls(long nowMillis) {
        long open = 0;
        for (String table : tables(TableShape.ATTEMPTS)) {
            open +=
                    query(table, TableShape.ATTEMPTS, false).stream()
                            .map(Items::json)
                            .filter(
                                    one ->
                                            one.path("state")
                                                            .asText()
                                                            .equals(AttemptItemJson.CLAIMED)
                                                    && one.path("ends_by_millis").asLong()
                                                            > nowMillis)
                            .count();
        }
        return open;
    }

    /** Removes what is there; how many rows, by table. */
    Map<String, Long> remove() {
        Map<String, Long> removed = new LinkedHashMap<>();
        for (TableShape shape : PER_TENANT) {
            for (String table : tables(shape)) {
                List<Map<String, AttributeValue>> keys = query(table, shape, true);
                keys.forEach(key -> delete(table, key));
                removed.put(table, (long) keys.size());
            }
        }
        removed.put(TableShape.DEAD_LETTERS.usualName(), removeLetters());
        return removed;
    }

    private List<String> tables(TableShape shape) {
        return shape.isPerTenant()
                ? Arrays.stream(Isolation.values())
                        .map(place -> shape.tables().of(tenantId, place))
                        .distinct()
                        .toList()
                : List.of(shape.usualName());
    }

    private List<Map<String, AttributeValue>> query(
            String table, TableShape shape, boolean keysOnly) {
        try {
            return dynamoDb
                    .queryPaginator(
                            r -> {
                                r.tableName(table)
                                        .consistentRead(true)
                                        .keyConditionExpression("#hash = :tenant")
                                        .expressionAttributeValues(
                                                Map.of(":tenant", Items.text(tenantId)));
                                if (keysOnly) {
                                    r.projectionExpression("#hash, #range")
                                            .expressionAttributeNames(
                                                    Map.of(
                                                            "#hash", shape.hashKey(),
                                                            "#range", shape.rangeKey()));
                                } else {
                                    r.expressionAttributeNames(Map.of("#hash", shape.hashKey()));
                                }
                            })
                    .items()
                    .stream()
                    .toList();
        } catch (ResourceNotFoundException e) {
            return List.of(); // a table of its own that was never made
        }
    }

    /** Letters lie by day, of all tenants: each is looked at. */
    private long removeLetters() {
        String table = TableShape.DEAD_LETTERS.usualName();
        List<Map<String, AttributeValue>> found =
                dynamoDb
                        .scanPaginator(
                                r ->
                                        r.tableName(table)
                                                .consistentRead(true)
                                                .filterExpression("tenant_id = :tenant")
                                                .projectionExpression(
                                                        "#bucket, #item, record_parts")
                                                .expressionAttributeNames(
                                                        Map.of(
                                                                "#bucket", "bucket",
                                                                "#item", "item"))
                                                .expressionAttributeValues(
                                                        Map.of(":tenant", Items.text(tenantId))))
                        .items()
                        .stream()
                        .toList();
        for (Map<String, AttributeValue> letter : found) {
            int parts = Items.json(letter).path("record_parts").asInt();
            List<Map<String, AttributeValue>> keys = new ArrayList<>();
            for (int part = 0; part < parts; part++) {
                keys.add(
                        Map.of(
                                "bucket", letter.get("item"),
                                "item", Items.text(DeadLetterItem.partName(part))));
            }
            // The letter last: while it is there, its parts are found again.
            keys.add(Map.of("bucket", letter.get("bucket"), "item", letter.get("item")));
            keys.forEach(key -> delete(table, key));
        }
        return found.size();
    }

    private void delete(String table, Map<String, AttributeValue> key) {
        dynamoDb.deleteItem(r -> r.tableName(table).key(key));
        row.run();
    }
}
