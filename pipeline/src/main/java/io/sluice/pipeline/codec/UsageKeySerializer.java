package io.sluice.pipeline.codec;

import io.sluice.contract.Granularity;
import io.sluice.contract.UsageKey;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: granularity, window start, model, endpoint, agent, cost centre, late day. */
public final class UsageKeySerializer extends VersionedSerializer<UsageKey> {
    private static final long serialVersionUID = 1;

    /** A granularity is written as its place here: append only. */
    private static final List<Granularity> GRANULARITIES =
            List.of(Granularity.MINUTE, Granularity.HOUR, Granularity.DAY);

    /** Creates the serializer. */
    public UsageKeySerializer() {
        super(1, true);
    }

    @Override
    protected void write(UsageKey value, DataOutputView out) throws IOException {
        out.writeByte(GRANULARITIES.indexOf(value.granularity()));
        Varint.write(value.windowStartMillis(), out);
        out.writeUTF(value.model());
        out.writeUTF(value.endpoint());
        out.writeUTF(value.agentId());
        out.writeUTF(value.costCenter());
        Varint.write(value.lateDayMillis(), out);
    }

    @Override
    protected UsageKey read(int writtenVersion, DataInputView in) throws IOException {
        return UsageKey.builder()
                .granularity(GRANULARITIES.get(in.readByte()))
                .windowStartMillis(Varint.read(in))
                .model(in.readUTF())
                .endpoint(in.readUTF())
                .agentId(in.readUTF())
                .costCenter(in.readUTF())
                .lateDayMillis(Varint.read(in))
                .build();
    }

    @Override
    public TypeSerializerSnapshot<UsageKey> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<UsageKey> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(UsageKeySerializer::new);
        }
    }
}
