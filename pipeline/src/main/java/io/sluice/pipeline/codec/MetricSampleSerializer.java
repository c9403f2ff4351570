package io.sluice.pipeline.codec;

import io.sluice.sinks.cloudwatch.MetricSample;
import io.sluice.sinks.cloudwatch.MetricSampleCodec;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: the sample's own binary form. */
public final class MetricSampleSerializer extends VersionedSerializer<MetricSample> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public MetricSampleSerializer() {
        super(1, true);
    }

    @Override
    protected void write(MetricSample value, DataOutputView out) throws IOException {
        MetricSampleCodec.write(value, out);
    }

    @Override
    protected MetricSample read(int writtenVersion, DataInputView in) throws IOException {
        return MetricSampleCodec.read(in);
    }

    @Override
    public TypeSerializerSnapshot<MetricSample> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<MetricSample> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(MetricSampleSerializer::new);
        }
    }
}
