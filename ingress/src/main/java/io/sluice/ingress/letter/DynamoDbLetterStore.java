package io.sluice.ingress.letter;

import io.sluice.contract.DeadLetterId;
import io.sluice.contract.DeadLetterItem;
import io.sluice.contract.DeadLetterReason;
import io.sluice.contract.json.DeadLetterItemJson;
import io.sluice.ingress.aws.Items;
import io.sluice.ingress.aws.TableNames;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Letters in their table: hash key {@code bucket}, range key {@code item}. A letter lies under its
 * UTC day and its name, the parts of its record under its name and their number.
 */
@Singleton
final class DynamoDbLetterStore implements LetterStore {
    private static final String AS = "redriven_as";
    private static final String STORED = "redriven_stored";

    private final DynamoDbAsyncClient client;
    private final String table;

    DynamoDbLetterStore(DynamoDbAsyncClient client, TableNames tables) {
        this.client = client;
        this.table = tables.deadLetters();
    }

    @Override
    public CompletableFuture<Optional<DeadLetterItem>> get(String id) {
        return client.getItem(b -> b.tableName(table).consistentRead(true).key(keyOf(id)))
                .thenApply(r -> r.hasItem() ? Optional.of(item(r.item())) : Optional.empty());
    }

    @Override
    public CompletableFuture<Optional<byte[]>> record(DeadLetterItem item) {
        return parts(item.letter().id(), item.recordParts(), new StringBuilder(), 0)
                .thenApply(raw -> raw.map(text -> Base64.getDecoder().decode(text)));
    }

    /** One after the other: they are few, and large. */
    private CompletableFuture<Optional<String>> parts(
            String id, int parts, StringBuilder raw, int part) {
        if (part == parts) {
            return CompletableFuture.completedFuture(Optional.of(raw.toString()));
        }
        Map<String, AttributeValue> key = key(id, DeadLetterItem.partName(part));
        return client.getItem(b -> b.tableName(table).consistentRead(true).key(key))
                .thenCompose(
                        r -> {
                            if (!r.hasItem()) {
                                return CompletableFuture.completedFuture(Optional.empty());
                            }
                            raw.append(DeadLetterItemJson.readPart(Items.json(r.item())));
                            return parts(id, parts, raw, part + 1);
                        });
    }

    @Override
    public CompletableFuture<Page> list(
            String day, String lowest, String highest, LetterFilter filter, int looks) {
        Map<String, String> names = new HashMap<>(Map.of("#bucket", "bucket", "#item", "item"));
        Map<String, AttributeValue> values =
                new HashMap<>(
                        Map.of(
                                ":day", Items.text(day),
                                ":lowest", Items.text(lowest),
                                ":highest", Items.text(highest)));
        QueryRequest.Builder query =
                QueryRequest.builder()
                        .tableName(table)
                        .keyConditionExpression(
                                "#bucket = :day AND #item BETWEEN :lowest AND :highest")
                        .scanIndexForward(false)
                        .limit(looks);
        String condition = condition(filter, names, values);
        if (condition != null) {
            query.filterExpression(condition);
        }
        return client.query(
                        query.expressionAttributeNames(names)
                                .expressionAttributeValues(values)
                                .build())
                .thenApply(r -> page(r, highest));
    }

    private static @Nullable String condition(
            LetterFilter filter, Map<String, String> names, Map<String, AttributeValue> values) {
        List<String> all = new ArrayList<>();
        String tenantId = filter.tenantId();
        if (tenantId != null) {
            names.put("#tenant", "tenant_id");
            values.put(":tenant", Items.text(tenantId));
            all.add("#tenant = :tenant");
        }
        DeadLetterReason reason = filter.reason();
        if (reason != null) {
            names.put("#reason", "reason");
            values.put(":reason", Items.text(reason.wireName()));
            all.add("#reason = :reason");
        }
        Boolean open = filter.open();
        if (open != null) {
            names.put("#stored", STORED);
            all.add(open ? "attribute_not_exists(#stored)" : "attribute_exists(#stored)");
        }
        return all.isEmpty() ? null : String.join(" AND ", all);
    }

    private static Page page(QueryResponse response, String highest) {
        AttributeValue last =
                response.hasLastEvaluatedKey() ? response.lastEvaluatedKey().get("item") : null;
        return new Page(
                response.items().stream()
                        .map(DynamoDbLetterStore::item)
                        .filter(item -> !item.letter().id().equals(highest)) // BETWEEN includes it
                        .toList(),
                last == null ? null : last.s());
    }

    @Override
    public CompletableFuture<Optional<DeadLetterItem>> claim(
            DeadLetterItem seen, String as, long nowMillis) {
        Map<String, AttributeValue> values =
                new HashMap<>(Map.of(":as", Items.text(as), ":now", Items.number(nowMillis)));
        Map<String, String> names =
                new HashMap<>(Map.of("#bucket", "bucket", "#as", AS, "#at", "redriven_at_millis"));
        String before = seen.redrivenAs();
        String unchanged = "attribute_not_exists(#as)";
        if (before != null) {
            unchanged = "#as = :seen AND #at = :seenAt AND attribute_not_exists(#stored)";
            values.put(":seen", Items.text(before));
            values.put(":seenAt", Items.number(seen.redrivenAtMillis()));
            names.put("#stored", STORED);
        }
        String condition = "attribute_exists(#bucket) AND " + unchanged;
        return client.updateItem(
                        b ->
                                b.tableName(table)
                                        .key(keyOf(seen.letter().id()))
                                        .updateExpression("SET #as = :as, #at = :now")
                                        .conditionExpression(condition)
                                        .expressionAttributeNames(names)
                                        .expressionAttributeValues(values)
                                        .returnValues(ReturnValue.ALL_NEW)
                                        .returnValuesOnConditionCheckFailure(
                                                ReturnValuesOnConditionCheckFailure.ALL_OLD))
                .thenApply(r -> Optional.of(item(r.attributes())))
                .exceptionally(DynamoDbLetterStore::standing);
    }

    @Override
    public CompletableFuture<Void> noteStored(String id, String as) {
        return client.updateItem(
                        b ->
                                b.tableName(table)
                                        .key(keyOf(id))
                                        .updateExpression("SET #stored = :true")
                                        .conditionExpression("#as = :as") // it may be forgotten
                                        .expressionAttributeNames(
                                                Map.of("#stored", STORED, "#as", AS))
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":true", AttributeValue.fromBool(true),
                                                        ":as", Items.text(as))))
                .handle(
                        (done, failure) -> {
                            if (failure != null) {
                                standing(failure);
                            }
                            return null;
                        });
    }

    private static Optional<DeadLetterItem> standing(Throwable thrown) {
        if (thrown.getCause() instanceof ConditionalCheckFailedException failed) {
            return failed.hasItem() ? Optional.of(item(failed.item())) : Optional.empty();
        }
        throw thrown instanceof CompletionException e ? e : new CompletionException(thrown);
    }

    private static DeadLetterItem item(Map<String, AttributeValue> attributes) {
        return DeadLetterItemJson.read(Items.json(attributes));
    }

    private static Map<String, AttributeValue> keyOf(String id) {
        return key(DeadLetterId.dayOf(id), id);
    }

    private static Map<String, AttributeValue> key(String bucket, String item) {
        return Map.of("bucket", Items.text(bucket), "item", Items.text(item));
    }
}
