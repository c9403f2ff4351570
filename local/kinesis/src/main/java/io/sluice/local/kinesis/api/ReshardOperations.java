package io.sluice.local.kinesis.api;

import io.sluice.local.kinesis.stream.HashKeyRange;
import io.sluice.local.kinesis.stream.Shard;
import io.sluice.local.kinesis.stream.ShardDescription;
import io.sluice.local.kinesis.stream.Stream;
import io.sluice.local.kinesis.wire.ApiException;
import io.sluice.local.kinesis.wire.Input;
import io.sluice.local.kinesis.wire.Output;
import java.math.BigInteger;
import java.util.Map;

/** SplitShard, MergeShards and UpdateShardCount; all take effect at once. */
final class ReshardOperations {
    private static final int MAX_UPDATES_PER_DAY = 10;

    private final StreamLookup lookup;
    private final Quotas quotas;
    private final RecentCalls shardCountUpdates;

    ReshardOperations(StreamLookup lookup, Quotas quotas) {
        this.lookup = lookup;
        this.quotas = quotas;
        this.shardCountUpdates = new RecentCalls(MAX_UPDATES_PER_DAY, 24 * 3_600_000L);
    }

    void register(Map<String, Operation> operations) {
        operations.put("SplitShard", (in, out) -> split(in));
        operations.put("MergeShards", (in, out) -> merge(in));
        operations.put("UpdateShardCount", this::updateShardCount);
    }

    private void split(Input in) {
        Stream stream = lookup.stream(in);
        Shard shard = lookup.shard(stream, in, "ShardToSplit");
        BigInteger key = HashKeys.parse(in.requiredString("NewStartingHashKey"));
        quotas.checkMoreShards(1);
        lookup.streams()
                .reshard(
                        stream,
                        resharding -> {
                            ShardDescription parent = open(stream, shard);
                            checkInside(parent, key);
                            resharding.split(parent, key);
                        });
    }

    private void merge(Input in) {
        Stream stream = lookup.stream(in);
        Shard shard = lookup.shard(stream, in, "ShardToMerge");
        Shard adjacent = lookup.shard(stream, in, "AdjacentShardToMerge");
        lookup.streams()
                .reshard(
                        stream,
                        resharding -> {
                            ShardDescription first = open(stream, shard);
                            ShardDescription second = open(stream, adjacent);
                            checkAdjacent(first, second);
                            resharding.merge(first, second);
                        });
    }

    private static ShardDescription open(Stream stream, Shard shard) {
        ShardDescription description = shard.description();
        if (!description.isOpen()) {
            throw ApiException.invalidArgument(
                    "Shard "
                            + shard.id()
                            + " in stream "
                            + stream.description().name()
                            + " has already been merged or split, and thus is not eligible for"
                            + " merging or splitting.");
        }
        return description;
    }

    private static void checkInside(ShardDescription shard, BigInteger key) {
        HashKeyRange range = shard.range();
        if (key.compareTo(range.start().add(BigInteger.ONE)) <= 0
                || key.compareTo(range.end()) >= 0) {
            throw ApiException.invalidArgument(
                    "NewStartingHashKey "
                            + key
                            + " used in SplitShard() on shard "
                            + shard.id()
                            + " is not both greater than one plus the shard's StartingHashKey "
                            + range.start()
                            + " and less than the shard's EndingHashKey "
                            + range.end()
                            + ".");
        }
    }

    private static void checkAdjacent(ShardDescription first, ShardDescription second) {
        if (!first.range().touches(second.range()) && !second.range().touches(first.range())) {
            throw ApiException.invalidArgument(
                    "Shards "
                            + first.id()
                            + " and "
                            + second.id()
                            + " are not an adjacent pair of shards eligible for merging.");
        }
    }

    private void updateShardCount(Input in, Output out) {
        Stream stream = lookup.stream(in);
        String name = stream.description().name();
        Integer target = in.integer("TargetShardCount");
        if (target == null || target < 1) {
            throw ApiException.validation(
                    String.valueOf(target),
                    "targetShardCount",
                    "Member must have value greater than or equal to 1");
        }
        if (!"UNIFORM_SCALING".equals(in.requiredString("ScalingType"))) {
            throw ApiException.validation(
                    in.requiredString("ScalingType"),
                    "scalingType",
                    "Member must satisfy enum value set: [UNIFORM_SCALING]");
        }
        int current =
                (int)
                        stream.description().shards().stream()
                                .filter(ShardDescription::isOpen)
                                .count();
        checkScaling(stream, current, target);
        lookup.streams().reshard(stream, resharding -> resharding.uniform(target));
        out.string("StreamName", name);
        out.number("CurrentShardCount", current);
        out.number("TargetShardCount", target);
        out.string("StreamARN", lookup.account().streamArn(name));
    }

    private void checkScaling(Stream stream, int current, int target) {
        String name = stream.description().name();
        if (stream.description().onDemand()) {
            throw ApiException.validation(
                    target, "targetShardCount", "Stream " + name + " must be PROVISIONED");
        }
        quotas.checkMoreShards(target - current);
        if (!quotas.limited()) {
            return;
        }
        if (target > current * 2L || target * 2L < current) {
            throw ApiException.invalidArgument(
                    "UpdateShardCount cannot scale to more than double or less than half of the"
                            + " current open shard count. Current open shard count: "
                            + current
                            + " Target shard count: "
                            + target);
        }
        long nowMillis = lookup.streams().environment().clock().millis();
        if (!shardCountUpdates.admit(stream.description().id(), nowMillis)) {
            throw ApiException.limitExceeded(
                    "Stream "
                            + name
                            + " was scaled "
                            + MAX_UPDATES_PER_DAY
                            + " times within the last 24 hours already.");
        }
    }
}
