package io.sluice.benchmarks.engine;

import java.io.Serializable;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Serializes every record, chained behind the operator that makes it, and drops the bytes. */
final class WriteOut<T, W> extends AbstractStreamOperator<T>
        implements OneInputStreamOperator<T, T> {
    private static final long serialVersionUID = 1;

    /** What is written of a record. */
    interface Written<T, W> extends Serializable {
        W of(T value);
    }

    private final TypeSerializer<W> serializer;
    private final Written<T, W> written;
    private transient DataOutputSerializer out = new DataOutputSerializer(4096);

    WriteOut(TypeInformation<W> type, Written<T, W> written) {
        this.written = written;
        serializer = type.createSerializer(new SerializerConfigImpl());
        chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    public void open() throws Exception {
        super.open();
        out = new DataOutputSerializer(4096);
    }

    @Override
    public void processElement(StreamRecord<T> element) throws Exception {
        out.clear();
        serializer.serialize(written.of(element.getValue()), out);
    }
}
