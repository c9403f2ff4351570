package io.sluice.pipeline.codec;

import io.sluice.contract.Alert;
import io.sluice.sinks.webhook.AlertCodec;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: the alert's own binary form. */
public final class AlertSerializer extends VersionedSerializer<Alert> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public AlertSerializer() {
        super(1, true);
    }

    @Override
    protected void write(Alert value, DataOutputView out) throws IOException {
        AlertCodec.write(value, out);
    }

    @Override
    protected Alert read(int writtenVersion, DataInputView in) throws IOException {
        return AlertCodec.read(in);
    }

    @Override
    public TypeSerializerSnapshot<Alert> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Alert> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(AlertSerializer::new);
        }
    }
}
