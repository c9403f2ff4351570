package io.sluice.ingress.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Names;
import io.sluice.contract.Retention;
import io.sluice.ingress.LocalAws;
import io.sluice.ingress.SharedAws;
import io.sluice.ingress.aws.TableNames;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedAws.class)
class BatchStoreITCase {
    private static BatchStore store;

    @BeforeAll
    static void start(LocalAws aws) {
        store =
                new DynamoDbBatchStore(
                        aws.dynamoDbClient(),
                        new TableNames(
                                Names.REQUESTS_TABLE,
                                Names.USAGE_TABLE,
                                Names.TENANTS_TABLE,
                                Names.IDEMPOTENCY_TABLE,
                                Names.BATCHES_TABLE,
                                Names.SESSIONS_TABLE,
                                Names.DEAD_LETTERS_TABLE,
                                Names.ATTEMPTS_TABLE),
                        Retention.USUAL);
    }

    @Test
    void theFirstAttemptStandsAndItsEntriesCount() {
        Batch first = batch("b1", "first", 2);
        Batch second = batch("b1", "second", 2);
        assertThat(store.commit(first, entries("x", 2)).join()).isEqualTo(first);
        assertThat(store.commit(second, entries("y", 2)).join()).isEqualTo(first);
        Batch standing = store.find("acme", "b1").join().orElseThrow();
        assertThat(store.entries(standing, 0).join()).isEqualTo(entries("x", 2));
    }

    @Test
    void tenThousandEntriesWithTheLongestNamesFitIntoChunks() {
        Batch large = batch("b2", "first", 10_000);
        List<BatchEntry> entries = entries("n".repeat(59), 10_000);
        store.commit(large, entries).join();
        assertThat(large.chunks()).isEqualTo(20);
        assertThat(store.entries(large, 19).join()).isEqualTo(entries.subList(9_500, 10_000));
    }

    @Test
    void marksAreKeptAndOtherTenantsSeeNothing() {
        Batch batch = batch("b3", "first", 1);
        store.commit(batch, List.of(new BatchEntry("req_1", null))).join();
        assertThat(store.entries(batch, 0).join().get(0).customId()).isNull();
        store.markStored(batch).join();
        store.markCancelling(batch).join();
        assertThat(store.find("acme", "b3").join()).contains(batch.asStored().asCancelling());
        assertThat(store.find("other", "b3").join()).isEmpty();
    }

    @Test
    void chunkIsBegunOnceAndInOrder() {
        Batch batch = batch("b4", "first", 1_001);
        store.commit(batch, entries("x", 1_001)).join();
        assertThat(store.begin(batch, 0, 5_000).join()).isEqualTo(batch.asBegun(5_000));
        assertThat(store.begin(batch, 0, 6_000).join()).isEqualTo(batch.asBegun(5_000));
        assertThat(store.begin(batch, 2, 6_000).join()).isEqualTo(batch.asBegun(5_000));
        Batch second = batch.asBegun(5_000).asBegun(7_000);
        assertThat(store.begin(batch, 1, 7_000).join()).isEqualTo(second);
        assertThat(store.markStored(batch).join()).isEqualTo(second.asStored());
    }

    @Test
    void noChunkIsBegunOnceTheEndWasAskedFor() {
        Batch batch = batch("b5", "first", 501);
        store.commit(batch, entries("x", 501)).join();
        store.begin(batch, 0, 5_000).join();
        Batch cancelling = store.markCancelling(batch).join();
        assertThat(store.begin(batch, 1, 6_000).join()).isEqualTo(cancelling);
        assertThat(cancelling).isEqualTo(batch.asBegun(5_000).asCancelling());
    }

    private static Batch batch(String id, String attempt, int total) {
        return Batch.received("acme", id, attempt, 1_000, total);
    }

    private static List<BatchEntry> entries(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new BatchEntry("req_" + "0".repeat(36) + i, name + i))
                .toList();
    }
}
