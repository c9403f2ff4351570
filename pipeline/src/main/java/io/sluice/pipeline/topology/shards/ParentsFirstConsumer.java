package io.sluice.pipeline.topology.shards;

import static org.apache.flink.streaming.connectors.kinesis.model.SentinelSequenceNumber.SENTINEL_SHARD_ENDING_SEQUENCE_NUM;

import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;
import org.apache.flink.streaming.connectors.kinesis.FlinkKinesisConsumer;
import org.apache.flink.streaming.connectors.kinesis.internals.KinesisDataFetcher;
import org.apache.flink.streaming.connectors.kinesis.model.SequenceNumber;
import org.apache.flink.streaming.connectors.kinesis.model.StreamShardMetadata;
import org.apache.flink.streaming.connectors.kinesis.serialization.KinesisDeserializationSchema;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Kinesis stream so that a key's records keep their order through splits and merges: a
 * shard is read when a completed checkpoint has the end of all its parents. The connector itself
 * (4.3.0) begins children as soon as it finds them, and again beside their parents after a restore.
 *
 * <p><b>Key and time.</b> Records come with their partition key and arrival time; no watermarks.
 *
 * <p><b>State.</b> The connector's positions, by its own name and form and nothing else, so that
 * savepoints go both ways; a shard's position goes when the stream no longer has the shard.
 *
 * <p><b>Emits.</b> Every record once per attempt; after a split or merge records of the children
 * come a checkpoint and up to two discovery intervals later. The gauges {@code openShards} and
 * {@code waitingShards} tell how far that is.
 *
 * <p><b>On replay.</b> The same order for each key from any checkpoint.
 */
@SuppressWarnings("deprecation") // the consumer is a SourceFunction
public final class ParentsFirstConsumer<T> extends FlinkKinesisConsumer<T>
        implements CheckpointListener {
    private static final long serialVersionUID = 1;

    /** The connector's name of its positions (FlinkKinesisConsumer 4.3.0). */
    private static final String POSITIONS = "Kinesis-Stream-Shard-State";

    private final String stream;

    private transient Set<String> restoredShards = Set.of();
    private transient Set<String> restoredEnds = Set.of();
    private transient EndedShards ended = new EndedShards();
    private transient volatile @Nullable ParentsFirstFetcher<T> fetcher;

    /** Reads a stream; the properties are the connector's. */
    public ParentsFirstConsumer(
            String stream, KinesisDeserializationSchema<T> schema, Properties properties) {
        super(stream, schema, properties);
        this.stream = stream;
    }

    @Override
    public void open(Configuration configuration) throws Exception {
        super.open(configuration);
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        metrics.gauge(
                "openShards",
                () -> {
                    ParentsFirstFetcher<T> running = fetcher;
                    return running == null ? 0 : running.openShards();
                });
        metrics.gauge(
                "waitingShards",
                () -> {
                    ParentsFirstFetcher<T> running = fetcher;
                    return running == null ? 0 : running.waitingShards();
                });
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        super.initializeState(context);
        ended = new EndedShards();
        restoredShards = new HashSet<>();
        restoredEnds = new HashSet<>();
        if (context.isRestored()) {
            // All subtasks' positions: a child's parent may have been another one's.
            for (Tuple2<StreamShardMetadata, SequenceNumber> position :
                    context.getOperatorStateStore().getUnionListState(positions()).get()) {
                restoredShards.add(position.f0.getShardId());
                if (SENTINEL_SHARD_ENDING_SEQUENCE_NUM.get().equals(position.f1)) {
                    restoredEnds.add(position.f0.getShardId());
                }
            }
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        super.snapshotState(context);
        ParentsFirstFetcher<T> running = fetcher;
        if (running != null) {
            ended.snapshotted(context.getCheckpointId(), running.atTheirEnd());
        }
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        ended.completed(checkpointId);
    }

    @Override
    protected KinesisDataFetcher<T> createFetcher(
            List<String> streams,
            SourceContext<T> context,
            RuntimeContext runtime,
            Properties properties,
            KinesisDeserializationSchema<T> schema) {
        ParentsFirstFetcher<T> made =
                new ParentsFirstFetcher<>(
                        streams,
                        context,
                        runtime,
                        properties,
                        schema,
                        new SeenShards(getShardAssigner()),
                        new ShardFamilies(restoredShards, restoredEnds),
                        ended,
                        new Announcements(
                                ((StreamingRuntimeContext) runtime).getGlobalAggregateManager(),
                                stream,
                                runtime.getTaskInfo().getAttemptNumber()));
        fetcher = made;
        return made;
    }

    /** The connector has registered the state already; its form is not looked at again. */
    private static ListStateDescriptor<Tuple2<StreamShardMetadata, SequenceNumber>> positions() {
        return new ListStateDescriptor<>(
                POSITIONS,
                new TupleTypeInfo<>(
                        TypeInformation.of(StreamShardMetadata.class),
                        TypeInformation.of(SequenceNumber.class)));
    }
}
