package io.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;

class ReshardTest extends OneServer {
    private static final String HALF = BigInteger.ONE.shiftLeft(127).toString();

    private void split(String shardId, String key) {
        client.splitShard(r -> r.streamName(STREAM).shardToSplit(shardId).newStartingHashKey(key));
    }

    private static String id(int index) {
        return String.format("shardId-%012d", index);
    }

    @Test
    void splitParentIsReadToItsEndAndNamesItsChildren() {
        create(1);
        String last = put("a");
        split(FIRST_SHARD, HALF);
        String first = put("b");
        assertThat(first).isGreaterThan(last);

        GetRecordsResponse response = get(iterator(FIRST_SHARD, ShardIteratorType.TRIM_HORIZON));
        assertThat(response.records()).hasSize(1);
        assertThat(response.nextShardIterator()).isNull();
        assertThat(response.childShards())
                .extracting(ChildShard::shardId)
                .containsExactly(id(1), id(2));
        assertThat(response.childShards().get(0).parentShards()).containsExactly(FIRST_SHARD);
        assertThat(readAll(id(1)).size() + readAll(id(2)).size()).isEqualTo(1);

        Shard parent = shards().get(0);
        assertThat(parent.sequenceNumberRange().endingSequenceNumber())
                .isGreaterThan(last)
                .isLessThan(first);
        assertThat(shards().get(2).parentShardId()).isEqualTo(FIRST_SHARD);
        assertThat(shards().get(2).hashKeyRange().startingHashKey()).isEqualTo(HALF);
    }

    @Test
    void iteratorOfAnOpenShardEndsWhenItIsSplit() {
        create(1);
        String iterator = iterator(FIRST_SHARD, ShardIteratorType.LATEST);
        String next = get(iterator).nextShardIterator();
        split(FIRST_SHARD, HALF);
        assertThat(get(next).nextShardIterator()).isNull();
    }

    @Test
    void mergedShardNamesBothParents() {
        create(2);
        client.mergeShards(
                r -> r.streamName(STREAM).shardToMerge(FIRST_SHARD).adjacentShardToMerge(id(1)));
        Shard merged = shards().get(2);
        assertThat(merged.parentShardId()).isEqualTo(FIRST_SHARD);
        assertThat(merged.adjacentParentShardId()).isEqualTo(id(1));
        GetRecordsResponse end = get(iterator(id(1), ShardIteratorType.TRIM_HORIZON));
        assertThat(end.nextShardIterator()).isNull();
        assertThat(end.childShards().get(0).parentShards()).containsExactly(FIRST_SHARD, id(1));
    }

    @Test
    void onlyOpenAdjacentShardsAreResharded() {
        create(3);
        assertThatThrownBy(
                        () ->
                                client.mergeShards(
                                        r ->
                                                r.streamName(STREAM)
                                                        .shardToMerge(FIRST_SHARD)
                                                        .adjacentShardToMerge(id(2))))
                .isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> split(FIRST_SHARD, "1"))
                .isInstanceOf(InvalidArgumentException.class);
        split(FIRST_SHARD, "1000");
        assertThatThrownBy(() -> split(FIRST_SHARD, "500"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("already been merged or split");
    }

    @Test
    void uniformScalingLeavesEqualRangesThatCoverAllKeys() {
        create(2);
        for (int target : List.of(4, 3, 6, 5)) {
            client.updateShardCount(
                    r ->
                            r.streamName(STREAM)
                                    .targetShardCount(target)
                                    .scalingType(ScalingType.UNIFORM_SCALING));
            List<Shard> open =
                    client
                            .listShards(
                                    r ->
                                            r.streamName(STREAM)
                                                    .shardFilter(
                                                            f -> f.type(ShardFilterType.AT_LATEST)))
                            .shards()
                            .stream()
                            .sorted(
                                    java.util.Comparator.comparing(
                                            s ->
                                                    new BigInteger(
                                                            s.hashKeyRange().startingHashKey())))
                            .toList();
            assertThat(open).hasSize(target);
            BigInteger expected = BigInteger.ZERO;
            for (Shard shard : open) {
                assertThat(shard.hashKeyRange().startingHashKey()).isEqualTo(expected.toString());
                expected = new BigInteger(shard.hashKeyRange().endingHashKey()).add(BigInteger.ONE);
            }
            assertThat(expected).isEqualTo(BigInteger.ONE.shiftLeft(128));
            put("after-" + target);
        }
    }

    @Test
    void filtersTellWhichShardsWereOpenWhen() {
        create(1);
        clock.advance(Duration.ofMinutes(1));
        var before = clock.instant();
        clock.advance(Duration.ofMinutes(1));
        split(FIRST_SHARD, HALF);
        clock.advance(Duration.ofMinutes(1));
        assertThat(ids(ShardFilterType.AT_LATEST, null)).containsExactly(id(1), id(2));
        assertThat(ids(ShardFilterType.AT_TRIM_HORIZON, null)).containsExactly(id(0));
        assertThat(ids(ShardFilterType.FROM_TRIM_HORIZON, null)).hasSize(3);
        assertThat(ids(ShardFilterType.AT_TIMESTAMP, before)).containsExactly(id(0));
        assertThat(ids(ShardFilterType.FROM_TIMESTAMP, clock.instant()))
                .containsExactly(id(1), id(2));
    }

    private List<String> ids(ShardFilterType type, java.time.Instant timestamp) {
        return client
                .listShards(
                        r ->
                                r.streamName(STREAM)
                                        .shardFilter(f -> f.type(type).timestamp(timestamp)))
                .shards()
                .stream()
                .map(Shard::shardId)
                .toList();
    }

    @Test
    void closedShardsVanishWithTheirRecordsAndReshardingSurvivesARestart() throws Exception {
        create(1);
        put("a");
        split(FIRST_SHARD, HALF);
        restart();
        assertThat(shards()).hasSize(3);
        assertThat(readAll(FIRST_SHARD)).containsExactly("a");
        clock.advance(Duration.ofHours(25));
        server.trim();
        assertThat(shards()).extracting(Shard::shardId).containsExactly(id(1), id(2));
        split(id(1), "1000");
        assertThat(shards()).extracting(Shard::shardId).endsWith(id(3), id(4));
    }

    @Test
    void subscriptionEndsWithTheChildren() {
        create(1);
        put("a");
        String consumer = register("c");
        Subscriber subscriber =
                Subscriber.start(
                        async(),
                        consumer,
                        FIRST_SHARD,
                        StartingPosition.builder().type(ShardIteratorType.TRIM_HORIZON).build());
        await().until(() -> subscriber.data().size() == 1);
        split(FIRST_SHARD, HALF);
        subscriber.call().join();
        var last = subscriber.events().get(subscriber.events().size() - 1);
        assertThat(last.continuationSequenceNumber()).isNull();
        assertThat(last.childShards())
                .extracting(ChildShard::shardId)
                .containsExactly(id(1), id(2));
        assertThat(subscriber.data()).containsExactly("a");
    }
}
