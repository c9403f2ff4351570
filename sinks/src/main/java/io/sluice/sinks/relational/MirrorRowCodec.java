package io.sluice.sinks.relational;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A row as bytes. Versions it reads: 1 (version, table, database, tenant, range key, version of the
 * row, JSON behind its length); others are refused.
 */
public final class MirrorRowCodec {
    private static final int VERSION = 1;

    private MirrorRowCodec() {}

    /** Writes a row. */
    public static void write(MirrorRow row, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeByte(row.table().code());
        out.writeUTF(row.database());
        out.writeUTF(row.tenantId());
        out.writeUTF(row.rangeKey());
        out.writeLong(row.version());
        out.writeInt(row.json().length);
        out.write(row.json());
    }

    /** Reads a row. */
    public static MirrorRow read(DataInput in) throws IOException {
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "mirror row: seen layout version "
                            + version
                            + ", expected "
                            + VERSION
                            + "; was this state written by a newer build?");
        }
        MirrorTable table = MirrorTable.ofCode(in.readByte());
        String database = in.readUTF();
        String tenantId = in.readUTF();
        String rangeKey = in.readUTF();
        long rowVersion = in.readLong();
        byte[] json = new byte[in.readInt()];
        in.readFully(json);
        return new MirrorRow(table, database, tenantId, rangeKey, rowVersion, json);
    }
}
