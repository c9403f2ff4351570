package io.sluice.pipeline.codec;

import io.sluice.contract.DeadLetter;
import io.sluice.contract.json.DeadLetterJson;
import io.sluice.contract.json.Json;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: the JSON of the letter. */
public final class DeadLetterSerializer extends VersionedSerializer<DeadLetter> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public DeadLetterSerializer() {
        super(1, true);
    }

    @Override
    protected void write(DeadLetter value, DataOutputView out) throws IOException {
        Blob.write(Json.bytes(DeadLetterJson.write(value)), out);
    }

    @Override
    protected DeadLetter read(int writtenVersion, DataInputView in) throws IOException {
        return DeadLetterJson.read(Json.parse(Blob.read(in)));
    }

    @Override
    public TypeSerializerSnapshot<DeadLetter> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeadLetter> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(DeadLetterSerializer::new);
        }
    }
}
