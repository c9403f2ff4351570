package io.sluice.local.command.tenants;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.TableShape;
import io.sluice.contract.json.AttemptItemJson;
import io.sluice.ingress.aws.Items;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** Rows of one tenant in tables of DynamoDB, as a move reads and writes them. Thread-safe. */
final class MoveTables {
    private final DynamoDbClient dynamoDb;
    private final String tenantId;

    MoveTables(DynamoDbClient dynamoDb, String tenantId) {
        this.dynamoDb = dynamoDb;
        this.tenantId = tenantId;
    }

    /** All rows of the tenant, by range key, read page by page. */
    Iterator<ObjectNode> rows(String table, MovedKind kind) {
        return dynamoDb
                .queryPaginator(
                        r ->
                                r.tableName(table)
                                        .consistentRead(true)
                                        .keyConditionExpression("#hash = :tenant")
                                        .expressionAttributeNames(
                                                Map.of("#hash", kind.shape().hashKey()))
                                        .expressionAttributeValues(
                                                Map.of(":tenant", Items.text(tenantId))))
                .items()
                .stream()
                .map(Items::json)
                .iterator();
    }

    /** What lies under the keys of these rows, at most 100, by range key. */
    Map<String, ObjectNode> find(String table, MovedKind kind, Collection<ObjectNode> rows) {
        Map<String, ObjectNode> found = new HashMap<>();
        List<Map<String, AttributeValue>> left =
                rows.stream().map(row -> attributes(kind.key(row))).toList();
        while (!left.isEmpty()) {
            KeysAndAttributes keys =
                    KeysAndAttributes.builder().consistentRead(true).keys(left).build();
            var answer = dynamoDb.batchGetItem(r -> r.requestItems(Map.of(table, keys)));
            for (Map<String, AttributeValue> item :
                    answer.responses().getOrDefault(table, List.of())) {
                ObjectNode row = Items.json(item);
                found.put(row.path(kind.shape().rangeKey()).asText(), row);
            }
            KeysAndAttributes unread = answer.unprocessedKeys().get(table);
            left = unread == null ? List.of() : unread.keys();
        }
        return found;
    }

    /** Puts a row where the kind's rule lets it; whether it did. */
    boolean put(String table, MovedKind kind, ObjectNode row) {
        PutItemRequest.Builder put =
                PutItemRequest.builder()
                        .tableName(table)
                        .item(Items.attributes(row))
                        .conditionExpression(kind.mayBePut());
        switch (kind) {
            case ATTEMPTS ->
                    put.expressionAttributeNames(Map.of("#v", "state"))
                            .expressionAttributeValues(
                                    Map.of(":claimed", Items.text(AttemptItemJson.CLAIMED)));
            case USAGE, SESSIONS ->
                    put.expressionAttributeNames(Map.of("#v", "version"))
                            .expressionAttributeValues(
                                    Map.of(":v", Items.number(row.path("version").longValue())));
            case REQUESTS, RERATED -> {}
        }
        try {
            dynamoDb.putItem(put.build());
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    /** Removes a row if it is still as it was read; whether it did. */
    boolean remove(String table, MovedKind kind, ObjectNode row) {
        DeleteItemRequest.Builder delete =
                DeleteItemRequest.builder().tableName(table).key(attributes(kind.key(row)));
        String changesBy = kind.changesBy();
        if (changesBy != null) {
            AttributeValue seen = Items.attributes(row).get(changesBy);
            if (seen != null) {
                delete.conditionExpression("#v = :seen")
                        .expressionAttributeNames(Map.of("#v", changesBy))
                        .expressionAttributeValues(Map.of(":seen", seen));
            }
        }
        try {
            dynamoDb.deleteItem(delete.build());
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    /** Whether a row's time is over, so that the table may forget it at any moment. */
    static boolean isOver(ObjectNode row, long nowMillis) {
        long expiresAtSeconds = row.path(TableShape.EXPIRES_AT).longValue();
        return expiresAtSeconds != 0 && expiresAtSeconds <= nowMillis / 1_000;
    }

    private static Map<String, AttributeValue> attributes(Map<String, String> key) {
        Map<String, AttributeValue> attributes = new HashMap<>();
        key.forEach((name, value) -> attributes.put(name, Items.text(value)));
        return attributes;
    }
}
