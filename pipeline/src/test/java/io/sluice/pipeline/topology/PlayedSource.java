package io.sluice.pipeline.topology;

import io.sluice.pipeline.enforce.StreamRecord;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.source.RichParallelSourceFunction;

/** Reads a {@link PlayedLog}, its shards divided among the subtasks, anew after a rescale. */
@SuppressWarnings("deprecation") // the shape of the Kinesis consumer that the job uses
final class PlayedSource extends RichParallelSourceFunction<StreamRecord>
        implements CheckpointedFunction, CheckpointListener {
    private static final long serialVersionUID = 1;

    private final String name;
    private final int earlierRuns;
    private transient ListState<Long> kept;

    /** Shard to position. */
    private transient Map<Integer, Integer> positions;

    private volatile boolean running = true;

    PlayedSource(String name, int earlierRuns) {
        this.name = name;
        this.earlierRuns = earlierRuns;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        kept =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "positions", BasicTypeInfo.LONG_TYPE_INFO));
        positions = new TreeMap<>();
        for (long entry : kept.get()) {
            positions.put((int) (entry >>> 32), (int) entry);
        }
        int readers = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        int reader = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        for (int shard = reader; !context.isRestored() && shard < PlayedLog.SHARDS; ) {
            positions.put(shard, 0);
            shard += readers;
        }
    }

    @Override
    public void run(SourceContext<StreamRecord> context) throws Exception {
        PlayedLog log = PlayedLog.of(name);
        boolean more = true;
        while (running && more) {
            more = false;
            for (Map.Entry<Integer, Integer> entry : positions.entrySet()) {
                int shard = entry.getKey();
                int position = entry.getValue();
                if (position < log.shard(shard).size()) {
                    more = true;
                    if (log.mayRead(run(), shard, position)) {
                        synchronized (context.getCheckpointLock()) {
                            context.collect(log.shard(shard).get(position));
                            entry.setValue(position + 1);
                        }
                    }
                }
            }
        }
        log.run(run()).ended.incrementAndGet();
        int readers = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        boolean waits = true;
        while (running && waits) {
            waits = !log.haveAllEnded(run(), readers);
        }
    }

    private int run() {
        return earlierRuns + getRuntimeContext().getTaskInfo().getAttemptNumber();
    }

    @Override
    public void cancel() {
        running = false;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        kept.clear();
        for (Map.Entry<Integer, Integer> entry : positions.entrySet()) {
            kept.add(((long) entry.getKey() << 32) | entry.getValue());
        }
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        PlayedLog.of(name).checkpointed(run());
    }
}
