package io.sluice.pipeline.codec;

import io.sluice.pipeline.enforce.Hold;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: role, cache key, labels. */
public final class HoldSerializer extends VersionedSerializer<Hold> {
    private static final long serialVersionUID = 1;

    /** A role is written as its place here: append only. */
    private static final List<Hold.Role> ROLES =
            List.of(Hold.Role.ALONE, Hold.Role.LEADER, Hold.Role.FOLLOWER);

    /** Creates the serializer. */
    public HoldSerializer() {
        super(1, true);
    }

    @Override
    protected void write(Hold value, DataOutputView out) throws IOException {
        out.writeByte(ROLES.indexOf(value.role()));
        out.writeUTF(value.cacheKey());
        DimensionsFields.write(value.labels(), out);
    }

    @Override
    protected Hold read(int writtenVersion, DataInputView in) throws IOException {
        int role = in.readByte();
        return new Hold(ROLES.get(role), in.readUTF(), DimensionsFields.read(in));
    }

    @Override
    public TypeSerializerSnapshot<Hold> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Hold> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(HoldSerializer::new);
        }
    }
}
