package io.sluice.sinks.seal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.dynamodb.DynamoDbClients;
import io.sluice.sinks.dynamodb.ItemAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * The anchor as an item of a table: {@code {"log","item":"newest","number","hash","to_millis",
 * "size","root","perfect"}}, replaced under the condition that number and hash are those of the
 * digest before.
 */
public final class DynamoDbAnchorStore implements AnchorStore {
    private static final String ITEM = "newest";

    private final DynamoDbClient client;
    private final String table;
    private final String log;

    private DynamoDbAnchorStore(DynamoDbClient client, String table, String log) {
        this.client = client;
        this.table = table;
        this.log = log;
    }

    /**
     * In that table.
     *
     * @param log the events stream whose decisions are archived
     */
    public static DynamoDbAnchorStore in(AwsAccess access, String table, String log) {
        return over(DynamoDbClients.open(access, 1), table, log);
    }

    /**
     * In that table, by a client that is closed with it.
     *
     * @param log the events stream whose decisions are archived
     */
    public static DynamoDbAnchorStore over(DynamoDbClient client, String table, String log) {
        return new DynamoDbAnchorStore(client, table, log);
    }

    private Map<String, AttributeValue> key() {
        return Map.of("log", AttributeValue.fromS(log), "item", AttributeValue.fromS(ITEM));
    }

    @Override
    public @Nullable Anchor read() {
        Map<String, AttributeValue> item =
                client.getItem(get -> get.tableName(table).key(key()).consistentRead(true)).item();
        return item == null || item.isEmpty() ? null : anchor(item);
    }

    private static Anchor anchor(Map<String, AttributeValue> item) {
        ObjectNode node = ItemAttributes.toJson(item);
        List<String> perfect = new ArrayList<>();
        node.path("perfect").forEach(root -> perfect.add(root.asText()));
        return new Anchor(
                node.path("number").asLong(),
                node.path("hash").asText(),
                node.path("to_millis").asLong(),
                node.path("size").asLong(),
                node.path("root").asText(),
                perfect);
    }

    @Override
    public boolean replace(@Nullable Anchor before, Anchor next) {
        PutItemRequest.Builder put = PutItemRequest.builder().tableName(table).item(item(next));
        if (before == null) {
            put.conditionExpression("attribute_not_exists(#log)")
                    .expressionAttributeNames(Map.of("#log", "log"));
        } else {
            put.conditionExpression("#number = :number AND #hash = :hash")
                    .expressionAttributeNames(Map.of("#number", "number", "#hash", "hash"))
                    .expressionAttributeValues(
                            Map.of(
                                    ":number",
                                    number(before.number()),
                                    ":hash",
                                    AttributeValue.fromS(before.hash())));
        }
        try {
            client.putItem(put.build());
            return true;
        } catch (ConditionalCheckFailedException e) {
            // A repetition finds what the first attempt wrote.
            Anchor there = read();
            return there != null && there.hash().equals(next.hash());
        }
    }

    private Map<String, AttributeValue> item(Anchor anchor) {
        ObjectNode node =
                Json.object()
                        .put("log", log)
                        .put("item", ITEM)
                        .put("number", anchor.number())
                        .put("hash", anchor.hash())
                        .put("to_millis", anchor.toMillis())
                        .put("size", anchor.size())
                        .put("root", anchor.root());
        anchor.perfect().forEach(node.putArray("perfect")::add);
        return ItemAttributes.of(node);
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    @Override
    public void close() {
        client.close();
    }
}
