package io.sluice.pipeline.topology;

import io.sluice.pipeline.enforce.StreamRecord;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.source.RichParallelSourceFunction;

/**
 * Reads a {@link LoopStore}'s log, one shard per subtask, and goes on after a restore where the
 * checkpoint was.
 */
@SuppressWarnings("deprecation") // the shape of the Kinesis consumer that the job uses
final class LoopSource extends RichParallelSourceFunction<StreamRecord>
        implements CheckpointedFunction, CheckpointListener {
    private static final long serialVersionUID = 1;

    private final String store;
    private transient ListState<Integer> position;
    private transient int next;
    private volatile boolean running = true;

    LoopSource(String store) {
        this.store = store;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        position =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>("position", BasicTypeInfo.INT_TYPE_INFO));
        for (int restored : position.get()) {
            next = restored;
        }
        LoopStore.of(store).starts.incrementAndGet();
    }

    @Override
    public void run(SourceContext<StreamRecord> context) throws Exception {
        int shard = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        while (running) {
            for (StreamRecord record : LoopStore.of(store).read(shard, next)) {
                synchronized (context.getCheckpointLock()) {
                    context.collect(record);
                    next++;
                }
            }
        }
    }

    @Override
    public void cancel() {
        running = false;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        position.clear();
        position.add(next);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        LoopStore.of(store).checkpoints.incrementAndGet();
    }
}
