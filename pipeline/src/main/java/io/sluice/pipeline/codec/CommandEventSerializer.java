package io.sluice.pipeline.codec;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.json.EventJson;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: the JSON of the event. */
public final class CommandEventSerializer extends VersionedSerializer<CommandEvent> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public CommandEventSerializer() {
        super(1, true);
    }

    @Override
    protected void write(CommandEvent value, DataOutputView out) throws IOException {
        Blob.write(EventJson.write(value), out);
    }

    @Override
    protected CommandEvent read(int writtenVersion, DataInputView in) throws IOException {
        return (CommandEvent) EventJson.read(Blob.read(in));
    }

    @Override
    public TypeSerializerSnapshot<CommandEvent> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<CommandEvent> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(CommandEventSerializer::new);
        }
    }
}
