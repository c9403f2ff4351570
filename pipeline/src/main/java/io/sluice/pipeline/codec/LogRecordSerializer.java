package io.sluice.pipeline.codec;

import io.sluice.pipeline.enforce.LogRecord;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: the event, arrival time, sequence number. */
public final class LogRecordSerializer extends VersionedSerializer<LogRecord> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public LogRecordSerializer() {
        super(1, true);
    }

    @Override
    protected void write(LogRecord value, DataOutputView out) throws IOException {
        EventFields.write(value.event(), out);
        Varint.write(value.arrivedAtMillis(), out);
        out.writeUTF(value.sequenceNumber());
    }

    @Override
    protected LogRecord read(int writtenVersion, DataInputView in) throws IOException {
        return new LogRecord(EventFields.read(in), Varint.read(in), in.readUTF());
    }

    @Override
    public TypeSerializerSnapshot<LogRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<LogRecord> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(LogRecordSerializer::new);
        }
    }
}
