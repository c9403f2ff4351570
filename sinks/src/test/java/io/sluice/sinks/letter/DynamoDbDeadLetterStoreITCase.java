package io.sluice.sinks.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.DeadLetter;
import io.sluice.contract.DeadLetterId;
import io.sluice.contract.DeadLetterItem;
import io.sluice.contract.DeadLetterReason;
import io.sluice.contract.Names;
import io.sluice.contract.Retention;
import io.sluice.contract.json.DeadLetterItemJson;
import io.sluice.sinks.LocalDynamoDb;
import io.sluice.sinks.SharedDynamoDb;
import io.sluice.sinks.aws.FailureKind;
import io.sluice.sinks.aws.StoreException;
import io.sluice.sinks.dynamodb.ItemAttributes;
import io.sluice.sinks.versioned.VersionedStore;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Dead letters against AWS's own DynamoDB Local. */
@ExtendWith(SharedDynamoDb.class)
class DynamoDbDeadLetterStoreITCase {
    private static final long NOON = 1_795_435_200_000L;

    private static LocalDynamoDb dynamoDb;
    private static VersionedStore<DeadLetter> store;
    private static DynamoDbAsyncClient client;

    @BeforeAll
    static void start(LocalDynamoDb shared) {
        dynamoDb = shared;
        dynamoDb.createTable(Names.DEAD_LETTERS_TABLE, "bucket", "item");
        store =
                DynamoDbDeadLetterStore.in(
                                dynamoDb.access(), Names.DEAD_LETTERS_TABLE, Retention.USUAL)
                        .open(4);
        client = dynamoDb.client();
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @Test
    void largestRecordOfAStreamIsKeptWhole() {
        byte[] record = new byte[1 << 20];
        new Random(7).nextBytes(record);
        DeadLetter letter = letter("whole", record);
        assertThat(store.putIfNewer(letter).join()).isTrue();
        DeadLetterItem stored = stored(letter);
        assertThat(stored).isEqualTo(DeadLetterItem.of(letter));
        StringBuilder raw = new StringBuilder();
        for (int part = 0; part < stored.recordParts(); part++) {
            raw.append(part(letter, part));
        }
        assertThat(Base64.getDecoder().decode(raw.toString())).isEqualTo(record);
    }

    @Test
    void repeatedLetterChangesNothingNotEvenThatItWasRedriven() {
        DeadLetter letter = letter("again", new byte[] {1});
        assertThat(store.putIfNewer(letter).join()).isTrue();
        client.updateItem(
                        update ->
                                update.tableName(Names.DEAD_LETTERS_TABLE)
                                        .key(key(DeadLetterId.dayOf(letter.id()), letter.id()))
                                        .updateExpression("SET redriven_as = :as")
                                        .expressionAttributeValues(
                                                Map.of(":as", AttributeValue.fromS("req_2"))))
                .join();
        DeadLetter repeated = letter.toBuilder().lastError("another").build();
        assertThat(store.putIfNewer(repeated).join()).isFalse();
        assertThat(stored(letter).redrivenAs()).isEqualTo("req_2");
        assertThat(stored(letter).letter().lastError()).isNull();
    }

    @Test
    void missingTableStopsTheJobInsteadOfLosingTheLetter() {
        try (VersionedStore<DeadLetter> lost =
                DynamoDbDeadLetterStore.in(dynamoDb.access(), "nowhere", Retention.USUAL).open(1)) {
            assertThatThrownBy(() -> lost.putIfNewer(letter("lost", new byte[0])).join())
                    .cause()
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            e -> assertThat(e.kind()).isEqualTo(FailureKind.FATAL));
        }
    }

    private static DeadLetter letter(String requestId, byte[] record) {
        return DeadLetter.builder()
                .reason(DeadLetterReason.EXHAUSTED.wireName())
                .detail("model-error")
                .partitionKey("acme")
                .requestId(requestId)
                .attempts(1)
                .arrivedAtMillis(NOON)
                .raw(Base64.getEncoder().encodeToString(record))
                .build();
    }

    private static DeadLetterItem stored(DeadLetter letter) {
        return DeadLetterItemJson.read(
                ItemAttributes.toJson(item(DeadLetterId.dayOf(letter.id()), letter.id())));
    }

    private static String part(DeadLetter letter, int part) {
        return DeadLetterItemJson.readPart(
                ItemAttributes.toJson(item(letter.id(), DeadLetterItem.partName(part))));
    }

    private static Map<String, AttributeValue> item(String bucket, String item) {
        return client.getItem(
                        get ->
                                get.tableName(Names.DEAD_LETTERS_TABLE)
                                        .key(key(bucket, item))
                                        .consistentRead(true))
                .join()
                .item();
    }

    private static Map<String, AttributeValue> key(String bucket, String item) {
        return Map.of("bucket", AttributeValue.fromS(bucket), "item", AttributeValue.fromS(item));
    }
}
