package io.sluice.pipeline.codec;

import io.sluice.pipeline.cache.Flight;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: leader, promoted, followers. */
public final class FlightSerializer extends VersionedSerializer<Flight> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public FlightSerializer() {
        super(1, true);
    }

    @Override
    protected void write(Flight value, DataOutputView out) throws IOException {
        out.writeUTF(value.leader());
        out.writeBoolean(value.promoted());
        Varint.write(value.followers().size(), out);
        for (String follower : value.followers()) {
            out.writeUTF(follower);
        }
    }

    @Override
    protected Flight read(int writtenVersion, DataInputView in) throws IOException {
        String leader = in.readUTF();
        boolean promoted = in.readBoolean();
        int count = (int) Varint.read(in);
        List<String> followers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            followers.add(in.readUTF());
        }
        return new Flight(leader, followers, promoted);
    }

    @Override
    public TypeSerializerSnapshot<Flight> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Flight> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(FlightSerializer::new);
        }
    }
}
