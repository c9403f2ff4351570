package io.sluice.sinks.versioned;

import static io.sluice.sinks.versioned.SessionItems.copy;
import static io.sluice.sinks.versioned.SessionItems.trace;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Names;
import io.sluice.contract.SessionItem;
import io.sluice.contract.json.SessionItemJson;
import io.sluice.sinks.LocalDynamoDb;
import io.sluice.sinks.SharedDynamoDb;
import io.sluice.sinks.dynamodb.ItemAttributes;
import io.sluice.sinks.session.SessionForm;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Copies of conversations against AWS's own DynamoDB Local. */
@ExtendWith(SharedDynamoDb.class)
class DynamoDbSessionsITCase {
    /** As much as the pipeline puts into a copy: 350 KiB. */
    private static final int MOST_BYTES = 350 * 1024;

    private static VersionedStore<SessionItem> store;
    private static DynamoDbAsyncClient client;

    @BeforeAll
    static void start(LocalDynamoDb dynamoDb) {
        dynamoDb.createTable(Names.SESSIONS_TABLE, "tenant_id", "conversation");
        store =
                DynamoDbVersionedStore.in(
                                dynamoDb.access(), Names.SESSIONS_TABLE, new SessionForm())
                        .open(4);
        client = dynamoDb.client();
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @Test
    void traceOfADeletionIsOlderCopiesEnd() {
        assertThat(store.putIfNewer(copy("gone", 2, "{}")).join()).isTrue();
        assertThat(store.putIfNewer(trace("gone", 3)).join()).isTrue();
        assertThat(store.putIfNewer(copy("gone", 2, "{}")).join()).isFalse();
        assertThat(stored(trace("gone", 3))).isEqualTo(trace("gone", 3));

        assertThat(store.putIfNewer(copy("gone", 5, "{}")).join()).isTrue();
        assertThat(stored(trace("gone", 3))).isEqualTo(copy("gone", 5, "{}"));
    }

    @Test
    void largestCopyHasRoomInAnItem() {
        String turn = "ä".repeat(MOST_BYTES / 2 / 100);
        String[] turns = new String[100];
        Arrays.fill(turns, turn);
        SessionItem large = copy("s".repeat(64), 1, turns);
        assertThat(store.putIfNewer(large).join()).isTrue();
        assertThat(stored(large)).isEqualTo(large);
    }

    private static SessionItem stored(SessionItem like) {
        Map<String, AttributeValue> key =
                Map.of(
                        "tenant_id", AttributeValue.fromS(like.tenantId()),
                        "conversation", AttributeValue.fromS(like.rangeKey()));
        return client.getItem(
                        get -> get.tableName(Names.SESSIONS_TABLE).key(key).consistentRead(true))
                .thenApply(answer -> SessionItemJson.read(ItemAttributes.toJson(answer.item())))
                .join();
    }
}
