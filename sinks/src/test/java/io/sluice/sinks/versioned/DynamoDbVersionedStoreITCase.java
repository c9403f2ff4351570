package io.sluice.sinks.versioned;

import static io.sluice.sinks.versioned.UsageItems.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Isolation;
import io.sluice.contract.Names;
import io.sluice.contract.Retention;
import io.sluice.contract.UsageItem;
import io.sluice.contract.json.UsageItemJson;
import io.sluice.sinks.LocalDynamoDb;
import io.sluice.sinks.SharedDynamoDb;
import io.sluice.sinks.dynamodb.ItemAttributes;
import io.sluice.sinks.usage.UsageForm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Usage windows against AWS's own DynamoDB Local. */
@ExtendWith(SharedDynamoDb.class)
class DynamoDbVersionedStoreITCase {
    private static VersionedStore<UsageItem> store;
    private static DynamoDbAsyncClient client;

    @BeforeAll
    static void start(LocalDynamoDb dynamoDb) {
        dynamoDb.createTable(Names.USAGE_TABLE, "tenant_id", "window");
        store =
                DynamoDbVersionedStore.in(
                                dynamoDb.access(),
                                Names.USAGE_TABLE,
                                new UsageForm(Retention.USUAL))
                        .open(50);
        client = dynamoDb.client();
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @Test
    void lowerVersionNeverOverwritesAHigherOne() {
        assertThat(store.putIfNewer(usage("lower", 0, 5)).join()).isTrue();
        assertThat(store.putIfNewer(usage("lower", 0, 4)).join()).isFalse();
        assertThat(store.putIfNewer(usage("lower", 0, 5)).join()).isFalse();

        assertThat(stored(usage("lower", 0, 0))).isEqualTo(usage("lower", 0, 5));
    }

    @Test
    void reorderedVersionsEndAtTheHighest() {
        List<Long> versions = new ArrayList<>();
        for (long version = 1; version <= 60; version++) {
            versions.add(version);
        }
        Collections.shuffle(versions, new Random(4711));
        List<CompletableFuture<Boolean>> puts = new ArrayList<>();
        versions.forEach(version -> puts.add(store.putIfNewer(usage("race", 0, version))));
        puts.forEach(CompletableFuture::join);

        assertThat(stored(usage("race", 0, 0))).isEqualTo(usage("race", 0, 60));
    }

    @Test
    void rowLiesInTheTableOfItsIsolationOnly(LocalDynamoDb dynamoDb) {
        dynamoDb.createTable("sluice-usage_kept-apart", "tenant_id", "window");
        UsageItem shared = usage("kept-apart", 0, 5);
        UsageItem own = usage("kept-apart", 0, 4).toBuilder().isolation(Isolation.SILO).build();
        assertThat(store.putIfNewer(shared).join()).isTrue();
        assertThat(store.putIfNewer(own).join()).as("another table, other versions").isTrue();

        assertThat(stored(shared)).isEqualTo(shared);
        assertThat(stored("sluice-usage_kept-apart", own)).isEqualTo(own);
    }

    private static UsageItem stored(UsageItem like) {
        return stored(Names.USAGE_TABLE, like);
    }

    private static UsageItem stored(String table, UsageItem like) {
        Map<String, AttributeValue> key =
                Map.of(
                        "tenant_id", AttributeValue.fromS(like.tenantId()),
                        "window", AttributeValue.fromS(like.key().rangeKey()));
        return client.getItem(get -> get.tableName(table).key(key).consistentRead(true))
                .thenApply(answer -> UsageItemJson.read(ItemAttributes.toJson(answer.item())))
                .join();
    }
}
