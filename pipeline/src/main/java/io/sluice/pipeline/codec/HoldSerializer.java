package io.sluice.pipeline.codec;

import io.sluice.pipeline.enforce.Hold;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: role, whether expired, keys, labels, reservation, expiry. */
public final class HoldSerializer extends VersionedSerializer<Hold> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public HoldSerializer() {
        super(1, true);
    }

    @Override
    protected void write(Hold value, DataOutputView out) throws IOException {
        HoldFields.write(value, out);
    }

    @Override
    protected Hold read(int writtenVersion, DataInputView in) throws IOException {
        return HoldFields.read(in);
    }

    @Override
    public TypeSerializerSnapshot<Hold> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Hold> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(HoldSerializer::new);
        }
    }
}
