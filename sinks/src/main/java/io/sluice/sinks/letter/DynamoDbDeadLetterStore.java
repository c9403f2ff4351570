package io.sluice.sinks.letter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.DeadLetter;
import io.sluice.contract.DeadLetterItem;
import io.sluice.contract.Retention;
import io.sluice.contract.json.DeadLetterItemJson;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.aws.AwsFailures;
import io.sluice.sinks.aws.BlockingCalls;
import io.sluice.sinks.aws.Stage;
import io.sluice.sinks.dynamodb.DynamoDbClients;
import io.sluice.sinks.dynamodb.DynamoDbFailures;
import io.sluice.sinks.dynamodb.ItemAttributes;
import io.sluice.sinks.versioned.VersionedStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Dead letters in a DynamoDB table. First the parts of the record, then, under the condition that
 * there is none of its name, the letter: a letter that can be seen is whole, and one that was
 * redriven is never made new by a repetition. Parts without a letter expire like letters.
 */
public final class DynamoDbDeadLetterStore implements VersionedStore<DeadLetter> {
    private final DynamoDbClient client;
    private final BlockingCalls calls;
    private final String table;
    private final Retention retention;

    private DynamoDbDeadLetterStore(
            DynamoDbClient client, int maxConcurrency, String table, Retention retention) {
        this.client = client;
        this.calls = new BlockingCalls("store-letters", maxConcurrency);
        this.table = table;
        this.retention = retention;
    }

    /** Stores into that table, each subtask with a client and threads of its own. */
    public static Factory<DeadLetter> in(AwsAccess access, String table, Retention retention) {
        return maxConcurrency ->
                new DynamoDbDeadLetterStore(
                        DynamoDbClients.open(access, maxConcurrency),
                        maxConcurrency,
                        table,
                        retention);
    }

    /** Completes with true if this letter was written, with false if its name was there. */
    @Override
    public CompletableFuture<Boolean> putIfNewer(DeadLetter letter) {
        return calls.call(letter.tenantId(), Stage.END, () -> put(letter))
                .exceptionally(
                        failure -> {
                            throw new CompletionException(
                                    DynamoDbFailures.toException(
                                            AwsFailures.unwrapped(failure),
                                            "dead letter " + letter.id()));
                        });
    }

    @Override
    public void close() {
        calls.close();
        client.close();
    }

    private ObjectNode expiring(DeadLetterItem item, ObjectNode node) {
        return node.put("expires_at", retention.letterExpiresAtSeconds(item.expiresAtSeconds()));
    }

    private boolean put(DeadLetter letter) {
        DeadLetterItem item = DeadLetterItem.of(letter);
        List<String> parts = DeadLetterItem.partsOf(letter.raw());
        for (int part = 0; part < parts.size(); part++) {
            ObjectNode node =
                    expiring(item, DeadLetterItemJson.writePart(item, part, parts.get(part)));
            client.putItem(put -> put.tableName(table).item(ItemAttributes.of(node)));
        }
        ObjectNode node = expiring(item, DeadLetterItemJson.write(item));
        try {
            client.putItem(
                    put ->
                            put.tableName(table)
                                    .item(ItemAttributes.of(node))
                                    .conditionExpression("attribute_not_exists(#bucket)")
                                    .expressionAttributeNames(Map.of("#bucket", "bucket")));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }
}
