package io.sluice.pipeline.enforce;

import org.apache.flink.streaming.api.operators.KeyedProcessOperator;

/**
 * Flink's operator around {@link EnforceFunction}, which keeps decoded state in memory: it has that
 * written before every checkpoint, and lends the function its current key.
 */
public final class EnforceOperator extends KeyedProcessOperator<String, LogRecord, CallOrder> {
    private static final long serialVersionUID = 1;

    /** The operator of that function. */
    public EnforceOperator(EnforceFunction function) {
        super(function);
    }

    @Override
    public void open() throws Exception {
        ((EnforceFunction) userFunction).switchKeysBy(this::setCurrentKey);
        super.open();
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        ((EnforceFunction) userFunction).flush();
        super.prepareSnapshotPreBarrier(checkpointId);
    }
}
