package io.sluice.pipeline.state;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;

/**
 * Gathers what comes for half a second of processing time, then takes it into state at once: before
 * every checkpoint and at the end as well, so nothing gathered is ever missing from either. How
 * much is gathered decides when something is given, never what.
 */
public abstract class GatheringOperator<I, O> extends AbstractStreamOperator<O>
        implements OneInputStreamOperator<I, O> {
    private static final long serialVersionUID = 1;
    private static final long GATHER_MILLIS = 500;

    /** How much is gathered at most; what that counts is the operator's. */
    protected static final int MOST_GATHERED = 20_000;

    private transient boolean timed;

    /** An operator that has gathered nothing yet. */
    protected GatheringOperator() {
        chainingStrategy = ChainingStrategy.ALWAYS;
    }

    /** Takes everything gathered into state and onwards; nothing is gathered afterwards. */
    protected abstract void flush();

    /** Has what is gathered flushed within half a second. */
    protected final void flushSoon() {
        if (!timed) {
            timed = true;
            long at = getProcessingTimeService().getCurrentProcessingTime() + GATHER_MILLIS;
            // A timer that fails fails the task; its future has nothing more to say.
            var unused = getProcessingTimeService().registerTimer(at, this::onTimer);
        }
    }

    private void onTimer(long atMillis) {
        timed = false;
        flush();
    }

    @Override
    public final void prepareSnapshotPreBarrier(long checkpointId) {
        flush();
    }

    @Override
    public final void finish() throws Exception {
        flush();
        super.finish();
    }
}
