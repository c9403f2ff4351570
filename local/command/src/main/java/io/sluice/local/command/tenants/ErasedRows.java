package io.sluice.local.command.tenants;

import io.sluice.contract.DeadLetterItem;
import io.sluice.contract.Isolation;
import io.sluice.contract.TableShape;
import io.sluice.contract.json.AttemptItemJson;
import io.sluice.ingress.aws.Items;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.dynamodb.paginators.QueryIterable;
import software.amazon.awssdk.services.dynamodb.paginators.ScanIterable;

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

    /** What BatchWriteItem takes. */
    private static final int BATCH = 25;

    private static final Duration THROTTLED = Duration.ofMillis(200);

    private final DynamoDbClient dynamoDb;
    private final String tenantId;
    private final TenantMove.Rest rest;
    private final Runnable row;

    /**
     * Rows of a tenant.
     *
     * @param rest lets time pass
     * @param row told of each row that was removed
     */
    ErasedRows(DynamoDbClient dynamoDb, String tenantId, TenantMove.Rest rest, Runnable row) {
        this.dynamoDb = dynamoDb;
        this.tenantId = tenantId;
        this.rest = rest;
        this.row = row;
    }

    /** Calls that began, have no end, and may still get one. */
    long openCalls(long nowMillis) {
        long open = 0;
        for (String table : tables(TableShape.ATTEMPTS)) {
            open +=
                    countOf(
                            () ->
                                    dynamoDb.queryPaginator(
                                            r ->
                                                    r.tableName(table)
                                                            .consistentRead(true)
                                                            .keyConditionExpression(
                                                                    "tenant_id = :tenant")
                                                            .filterExpression(
                                                                    "#state = :claimed AND"
                                                                            + " ends_by_millis >"
                                                                            + " :now")
                                                            .expressionAttributeNames(
                                                                    Map.of("#state", "state"))
                                                            .expressionAttributeValues(
                                                                    Map.of(
                                                                            ":tenant",
                                                                            Items.text(tenantId),
                                                                            ":claimed",
                                                                            Items.text(
                                                                                    AttemptItemJson
                                                                                            .CLAIMED),
                                                                            ":now",
                                                                            Items.number(
                                                                                    nowMillis)))
                                                            .select(Select.COUNT)));
        }
        return open;
    }

    private static long countOf(Supplier<QueryIterable> pages) {
        try {
            return pages.get().stream().mapToLong(QueryResponse::count).sum();
        } catch (ResourceNotFoundException e) {
            return 0; // a table of its own that was never made
        }
    }

    /** Removes what is there, page by page; how many rows, by table. */
    Map<String, Long> remove() throws InterruptedException {
        Map<String, Long> removed = new LinkedHashMap<>();
        for (TableShape shape : PER_TENANT) {
            for (String table : tables(shape)) {
                removed.put(table, remove(table, shape));
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

    private long remove(String table, TableShape shape) throws InterruptedException {
        QueryIterable pages =
                dynamoDb.queryPaginator(
                        r ->
                                r.tableName(table)
                                        .consistentRead(true)
                                        .keyConditionExpression("#hash = :tenant")
                                        .projectionExpression("#hash, #range")
                                        .expressionAttributeNames(
                                                Map.of(
                                                        "#hash", shape.hashKey(),
                                                        "#range", shape.rangeKey()))
                                        .expressionAttributeValues(
                                                Map.of(":tenant", Items.text(tenantId))));
        long removed = 0;
        try {
            for (QueryResponse page : pages) {
                delete(table, page.items());
                removed += page.items().size();
            }
            return removed;
        } catch (ResourceNotFoundException e) {
            return removed; // a table of its own that was never made
        }
    }

    /** Letters lie by day, of all tenants: each is looked at. */
    private long removeLetters() throws InterruptedException {
        String table = TableShape.DEAD_LETTERS.usualName();
        ScanIterable pages =
                dynamoDb.scanPaginator(
                        r ->
                                r.tableName(table)
                                        .consistentRead(true)
                                        .filterExpression("tenant_id = :tenant")
                                        .projectionExpression("#bucket, #item, record_parts")
                                        .expressionAttributeNames(
                                                Map.of("#bucket", "bucket", "#item", "item"))
                                        .expressionAttributeValues(
                                                Map.of(":tenant", Items.text(tenantId))));
        long removed = 0;
        for (Map<String, AttributeValue> letter : pages.items()) {
            int parts = Items.json(letter).path("record_parts").asInt();
            List<Map<String, AttributeValue>> keys = new ArrayList<>();
            for (int part = 0; part < parts; part++) {
                keys.add(key(letter.get("item"), Items.text(DeadLetterItem.partName(part))));
            }
            delete(table, keys);
            // The letter last: while it is there, its parts are found again.
            delete(table, List.of(key(letter.get("bucket"), letter.get("item"))));
            removed++;
        }
        return removed;
    }

    private static Map<String, AttributeValue> key(
            @Nullable AttributeValue bucket, @Nullable AttributeValue item) {
        return Map.of(
                "bucket", Objects.requireNonNull(bucket), "item", Objects.requireNonNull(item));
    }

    private void delete(String table, List<Map<String, AttributeValue>> keys)
            throws InterruptedException {
        for (int from = 0; from < keys.size(); from += BATCH) {
            List<Map<String, AttributeValue>> some =
                    keys.subList(from, Math.min(keys.size(), from + BATCH));
            List<WriteRequest> left =
                    some.stream()
                            .map(
                                    key ->
                                            WriteRequest.builder()
                                                    .deleteRequest(d -> d.key(key))
                                                    .build())
                            .toList();
            while (!left.isEmpty()) {
                List<WriteRequest> now = left;
                left =
                        dynamoDb.batchWriteItem(b -> b.requestItems(Map.of(table, now)))
                                .unprocessedItems()
                                .getOrDefault(table, List.of());
                if (!left.isEmpty()) {
                    rest.rest(THROTTLED);
                }
            }
            some.forEach(key -> row.run());
        }
    }
}
