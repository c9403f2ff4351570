package io.sluice.local.kinesis.api;

import io.sluice.local.kinesis.stream.HashKeyRange;
import io.sluice.local.kinesis.stream.SequenceNumbers;
import io.sluice.local.kinesis.stream.Shard;
import io.sluice.local.kinesis.stream.ShardDescription;
import io.sluice.local.kinesis.stream.ShardIds;
import io.sluice.local.kinesis.stream.Stream;
import io.sluice.local.kinesis.wire.Output;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The output shapes {@code Shard} and {@code ChildShard}. */
final class ShardShapes {
    private ShardShapes() {}

    static void write(Output out, ShardDescription shard) {
        out.string("ShardId", shard.id());
        out.string("ParentShardId", id(shard.parentIndex()));
        out.string("AdjacentParentShardId", id(shard.adjacentParentIndex()));
        writeRange(out, shard.range());
        SequenceNumbers numbers = shard.sequenceNumbers();
        Long end = shard.endOrdinal();
        out.object(
                "SequenceNumberRange",
                o -> {
                    o.string("StartingSequenceNumber", numbers.format(0));
                    o.string("EndingSequenceNumber", end == null ? null : numbers.format(end));
                });
    }

    /** The shards that took over from a closed one. */
    static void writeChildren(Output out, Stream stream, Shard parent) {
        int index = parent.description().index();
        List<ShardDescription> children =
                stream.description().shards().stream()
                        .filter(s -> parents(s).contains(index))
                        .toList();
        out.objects("ChildShards", children, ShardShapes::writeChild);
    }

    private static void writeChild(Output out, ShardDescription child) {
        out.string("ShardId", child.id());
        out.strings("ParentShards", parents(child).stream().map(ShardIds::format).toList());
        writeRange(out, child.range());
    }

    private static List<Integer> parents(ShardDescription shard) {
        List<Integer> parents = new ArrayList<>(2);
        if (shard.parentIndex() != null) {
            parents.add(shard.parentIndex());
        }
        if (shard.adjacentParentIndex() != null) {
            parents.add(shard.adjacentParentIndex());
        }
        return parents;
    }

    private static void writeRange(Output out, HashKeyRange range) {
        out.object(
                "HashKeyRange",
                o ->
                        o.string("StartingHashKey", range.start().toString())
                                .string("EndingHashKey", range.end().toString()));
    }

    private static @Nullable String id(@Nullable Integer index) {
        return index == null ? null : ShardIds.format(index);
    }
}
