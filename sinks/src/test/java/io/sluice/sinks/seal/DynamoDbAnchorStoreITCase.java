package io.sluice.sinks.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Names;
import io.sluice.sinks.LocalDynamoDb;
import io.sluice.sinks.SharedDynamoDb;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The anchor against AWS's own DynamoDB Local. */
@ExtendWith(SharedDynamoDb.class)
class DynamoDbAnchorStoreITCase {
    @Test
    void anchorMovesOnFromTheOneBeforeAndFromNoOther(LocalDynamoDb dynamoDb) {
        dynamoDb.createTable(Names.AUDIT_ANCHORS_TABLE, "log", "item");
        try (AnchorStore store = store(dynamoDb, "events");
                AnchorStore other = store(dynamoDb, "others")) {
            assertThat(store.read()).isNull();
            assertThat(store.replace(anchor(1, "a"), anchor(2, "b"))).isFalse();
            assertThat(store.replace(null, anchor(1, "a"))).isTrue();
            assertThat(store.replace(null, anchor(1, "b"))).as("another first").isFalse();
            assertThat(store.replace(null, anchor(1, "a"))).as("repeated").isTrue();
            assertThat(store.replace(anchor(1, "c"), anchor(2, "d"))).isFalse();
            assertThat(store.replace(anchor(1, "a"), anchor(2, "d"))).isTrue();
            assertThat(store.read()).usingRecursiveComparison().isEqualTo(anchor(2, "d"));
            assertThat(other.read()).isNull();
        }
    }

    private static AnchorStore store(LocalDynamoDb dynamoDb, String log) {
        return DynamoDbAnchorStore.in(dynamoDb.access(), Names.AUDIT_ANCHORS_TABLE, log);
    }

    private static Anchor anchor(long number, String hash) {
        return new Anchor(number, hash, 1_000 + number, 3, "root", List.of("x", "y"));
    }
}
