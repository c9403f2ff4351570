package io.sluice.pipeline.topology.shards;

import static org.apache.flink.streaming.connectors.kinesis.model.SentinelSequenceNumber.SENTINEL_SHARD_ENDING_SEQUENCE_NUM;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.connectors.kinesis.internals.KinesisDataFetcher;
import org.apache.flink.streaming.connectors.kinesis.model.KinesisStreamShardState;
import org.apache.flink.streaming.connectors.kinesis.model.StreamShardHandle;
import org.apache.flink.streaming.connectors.kinesis.serialization.KinesisDeserializationSchema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connector's fetcher, which gets to know of a shard only when the shard may be read. Shards
 * that wait are in no checkpoint: a restore finds them anew, from their first record.
 *
 * <p>Discovery runs in the source's thread alone; the figures are read by others.
 */
final class ParentsFirstFetcher<T> extends KinesisDataFetcher<T> {
    private static final Logger LOG = LoggerFactory.getLogger(ParentsFirstFetcher.class);

    private final SeenShards seen;
    private final ShardFamilies families;
    private final EndedShards ended;
    private final Announcements announcements;
    private final List<StreamShardHandle> waiting = new ArrayList<>();
    private volatile int waitingShards;
    private volatile int openShards;

    @SuppressWarnings({
        "NullAway", // no watermarks: the connector takes null for that
        "deprecation" // the consumer is a SourceFunction
    })
    ParentsFirstFetcher(
            List<String> streams,
            org.apache.flink.streaming.api.functions.source.SourceFunction.SourceContext<T> context,
            RuntimeContext runtime,
            Properties properties,
            KinesisDeserializationSchema<T> schema,
            SeenShards seen,
            ShardFamilies families,
            EndedShards ended,
            Announcements announcements) {
        super(streams, context, runtime, properties, schema, seen, null, null);
        this.seen = seen;
        this.families = families;
        this.ended = ended;
        this.announcements = announcements;
    }

    @Override
    public List<StreamShardHandle> discoverNewShardsToSubscribe() throws InterruptedException {
        waiting.addAll(super.discoverNewShardsToSubscribe());
        seen.tell(families);
        families.ended(announcements.exchange(ended.forGood(), !waiting.isEmpty()));
        List<StreamShardHandle> beginning = new ArrayList<>();
        for (Iterator<StreamShardHandle> each = waiting.iterator(); each.hasNext(); ) {
            StreamShardHandle shard = each.next();
            if (families.mayBegin(shard.getShard().getShardId())) {
                each.remove();
                beginning.add(shard);
            }
        }
        if (waitingShards != waiting.size()) {
            LOG.info("{} shards wait until their parents are read", waiting.size());
        }
        waitingShards = waiting.size();
        openShards = getSubscribedShardsState().size() - atTheirEnd().size() + beginning.size();
        return beginning;
    }

    /**
     * The enhanced fan-out consumer stays registered. The connector (4.3.0) deregisters it when the
     * first subtask stops; the others' subscriptions then end as not found, which it takes for the
     * end of their shards and writes into the savepoint that the stop waits for: what those shards
     * hold would never be read.
     */
    @Override
    protected void deregisterStreamConsumer() {
        LOG.debug("The consumer stays registered");
    }

    /** Ids of this subtask's shards that were read to their end. */
    Set<String> atTheirEnd() {
        Set<String> shards = new HashSet<>();
        for (KinesisStreamShardState shard : getSubscribedShardsState()) {
            if (SENTINEL_SHARD_ENDING_SEQUENCE_NUM
                    .get()
                    .equals(shard.getLastProcessedSequenceNum())) {
                shards.add(shard.getStreamShardMetadata().getShardId());
            }
        }
        return shards;
    }

    /** How many shards of this subtask wait for their parents. */
    int waitingShards() {
        return waitingShards;
    }

    /** How many shards of this subtask are being read and have not ended. */
    int openShards() {
        return openShards;
    }
}
