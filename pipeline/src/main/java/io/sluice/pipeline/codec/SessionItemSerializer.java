package io.sluice.pipeline.codec;

import io.sluice.contract.SessionItem;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.SessionItemJson;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: the JSON of the item. */
public final class SessionItemSerializer extends VersionedSerializer<SessionItem> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public SessionItemSerializer() {
        super(1, true);
    }

    @Override
    protected void write(SessionItem value, DataOutputView out) throws IOException {
        Blob.write(Json.bytes(SessionItemJson.write(value)), out);
    }

    @Override
    protected SessionItem read(int writtenVersion, DataInputView in) throws IOException {
        return SessionItemJson.read(Json.parse(Blob.read(in)));
    }

    @Override
    public TypeSerializerSnapshot<SessionItem> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<SessionItem> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(SessionItemSerializer::new);
        }
    }
}
