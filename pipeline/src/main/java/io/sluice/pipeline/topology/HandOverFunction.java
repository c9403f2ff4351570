package io.sluice.pipeline.topology;

import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Passes every record on as it is: the beginning of a chain, which has a thread of its own. */
public final class HandOverFunction<T> extends ProcessFunction<T, T> {
    private static final long serialVersionUID = 1;

    @Override
    public void processElement(T value, Context context, Collector<T> out) {
        out.collect(value);
    }
}
