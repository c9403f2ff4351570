package io.sluice.pipeline.topology;

import java.io.Serializable;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;

/** Hands every record to a {@link PlayedLog} at once, with the number of the run. */
final class PlayedSink<T> implements Sink<T> {
    private static final long serialVersionUID = 1;

    /** What is done with a record. */
    interface Put<T> extends Serializable {
        void put(PlayedLog log, int run, T value);
    }

    private final String name;
    private final int earlierRuns;
    private final Put<T> put;

    PlayedSink(String name, int earlierRuns, Put<T> put) {
        this.name = name;
        this.earlierRuns = earlierRuns;
        this.put = put;
    }

    @Override
    @SuppressWarnings("deprecation") // the newer method calls this one
    public SinkWriter<T> createWriter(InitContext context) {
        PlayedLog log = PlayedLog.of(name);
        int run = earlierRuns + context.getTaskInfo().getAttemptNumber();
        return new SinkWriter<>() {
            @Override
            public void write(T value, Context where) {
                put.put(log, run, value);
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {}
        };
    }
}
