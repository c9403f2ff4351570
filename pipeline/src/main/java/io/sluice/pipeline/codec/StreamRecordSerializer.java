package io.sluice.pipeline.codec;

import io.sluice.pipeline.enforce.StreamRecord;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: bytes, partition key, shard, sequence number, arrival time. */
public final class StreamRecordSerializer extends VersionedSerializer<StreamRecord> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public StreamRecordSerializer() {
        super(1, true);
    }

    @Override
    protected void write(StreamRecord value, DataOutputView out) throws IOException {
        Blob.write(value.data(), out);
        out.writeUTF(value.partitionKey());
        out.writeUTF(value.shardId());
        out.writeUTF(value.sequenceNumber());
        Varint.write(value.arrivedAtMillis(), out);
    }

    @Override
    protected StreamRecord read(int writtenVersion, DataInputView in) throws IOException {
        return new StreamRecord(
                Blob.read(in), in.readUTF(), in.readUTF(), in.readUTF(), Varint.read(in));
    }

    @Override
    public TypeSerializerSnapshot<StreamRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<StreamRecord> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(StreamRecordSerializer::new);
        }
    }
}
