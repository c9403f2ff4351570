package io.sluice.pipeline.topology.shards;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.Shard;
import org.apache.flink.streaming.connectors.kinesis.KinesisShardAssigner;
import org.apache.flink.streaming.connectors.kinesis.model.StreamShardHandle;

/**
 * Gives shards to subtasks as the connector does, and remembers each one: the connector asks about
 * every shard of the stream in every subtask, and this is how a subtask learns of shards that are
 * not its own. Not thread-safe.
 */
final class SeenShards implements KinesisShardAssigner {
    private static final long serialVersionUID = 1;

    private final KinesisShardAssigner assigner;
    private final transient List<StreamShardHandle> seen = new ArrayList<>();

    SeenShards(KinesisShardAssigner assigner) {
        this.assigner = assigner;
    }

    @Override
    public int assign(StreamShardHandle shard, int subtasks) {
        seen.add(shard);
        return assigner.assign(shard, subtasks);
    }

    /** Takes what was seen since the last call into the families. */
    void tell(ShardFamilies families) {
        for (StreamShardHandle handle : seen) {
            Shard shard = handle.getShard();
            families.saw(
                    shard.getShardId(),
                    Stream.of(shard.getParentShardId(), shard.getAdjacentParentShardId())
                            .filter(Objects::nonNull)
                            .filter(parent -> !parent.isEmpty())
                            .collect(Collectors.toList()));
        }
        seen.clear();
    }
}
