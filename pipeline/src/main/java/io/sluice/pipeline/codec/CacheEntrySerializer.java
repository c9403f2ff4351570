package io.sluice.pipeline.codec;

import io.sluice.pipeline.cache.CacheEntry;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: request id, time of the outcome, TTL. */
public final class CacheEntrySerializer extends VersionedSerializer<CacheEntry> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public CacheEntrySerializer() {
        super(1, true);
    }

    @Override
    protected void write(CacheEntry value, DataOutputView out) throws IOException {
        out.writeUTF(value.requestId());
        Varint.write(value.outcomeAtMillis(), out);
        Varint.write(value.ttlMillis(), out);
    }

    @Override
    protected CacheEntry read(int writtenVersion, DataInputView in) throws IOException {
        return new CacheEntry(in.readUTF(), Varint.read(in), Varint.read(in));
    }

    @Override
    public TypeSerializerSnapshot<CacheEntry> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<CacheEntry> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(CacheEntrySerializer::new);
        }
    }
}
