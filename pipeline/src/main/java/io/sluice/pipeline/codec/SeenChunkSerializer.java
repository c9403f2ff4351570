package io.sluice.pipeline.codec;

import io.sluice.pipeline.dedupe.SeenChunk;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: newest time, last arrival, then both halves of each id. */
public final class SeenChunkSerializer extends VersionedSerializer<SeenChunk> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public SeenChunkSerializer() {
        super(1, true);
    }

    @Override
    protected void write(SeenChunk value, DataOutputView out) throws IOException {
        Varint.write(value.newestMillis(), out);
        Varint.write(value.lastArrivalMillis(), out);
        Varint.write(value.bits().length, out);
        for (long half : value.bits()) {
            out.writeLong(half);
        }
    }

    @Override
    protected SeenChunk read(int writtenVersion, DataInputView in) throws IOException {
        long newestMillis = Varint.read(in);
        long lastArrivalMillis = Varint.read(in);
        long[] bits = new long[(int) Varint.read(in)];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = in.readLong();
        }
        return new SeenChunk(bits, newestMillis, lastArrivalMillis);
    }

    @Override
    public TypeSerializerSnapshot<SeenChunk> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<SeenChunk> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(SeenChunkSerializer::new);
        }
    }
}
