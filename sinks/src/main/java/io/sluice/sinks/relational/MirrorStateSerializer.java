package io.sluice.sinks.relational;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** A row that was not written yet. Version 1: {@link MirrorRowCodec}, with its own version. */
final class MirrorStateSerializer implements SimpleVersionedSerializer<MirrorRow> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(MirrorRow row) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(row.json().length + 256);
        MirrorRowCodec.write(row, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @Override
    public MirrorRow deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "state of the mirror: seen version " + version + ", expected " + VERSION);
        }
        return MirrorRowCodec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
