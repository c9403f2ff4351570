package io.sluice.pipeline.codec;

import io.sluice.sinks.relational.MirrorRow;
import io.sluice.sinks.relational.MirrorRowCodec;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: {@link MirrorRowCodec}, with its own version. */
public final class MirrorRowSerializer extends VersionedSerializer<MirrorRow> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public MirrorRowSerializer() {
        super(1, true);
    }

    @Override
    protected void write(MirrorRow value, DataOutputView out) throws IOException {
        MirrorRowCodec.write(value, out);
    }

    @Override
    protected MirrorRow read(int writtenVersion, DataInputView in) throws IOException {
        return MirrorRowCodec.read(in);
    }

    @Override
    public TypeSerializerSnapshot<MirrorRow> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<MirrorRow> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(MirrorRowSerializer::new);
        }
    }
}
