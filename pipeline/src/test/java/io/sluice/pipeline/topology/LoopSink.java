package io.sluice.pipeline.topology;

import java.io.Serializable;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;

/** Hands every record to a {@link LoopStore} at once. */
final class LoopSink<T> implements Sink<T> {
    private static final long serialVersionUID = 1;

    /** What is done with a record. */
    interface Put<T> extends Serializable {
        void put(LoopStore store, T value);
    }

    private final String store;
    private final Put<T> put;

    LoopSink(String store, Put<T> put) {
        this.store = store;
        this.put = put;
    }

    @Override
    @SuppressWarnings("deprecation") // the newer method calls this one
    public SinkWriter<T> createWriter(InitContext context) {
        LoopStore outside = LoopStore.of(store);
        return new SinkWriter<>() {
            @Override
            public void write(T value, Context where) {
                put.put(outside, value);
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {}
        };
    }
}
