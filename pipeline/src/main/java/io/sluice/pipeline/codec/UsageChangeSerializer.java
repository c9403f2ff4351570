package io.sluice.pipeline.codec;

import io.sluice.contract.UsageCounts;
import io.sluice.pipeline.usage.Dimensions;
import io.sluice.pipeline.usage.UsageChange;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: tenant, labels, time, time of booking, sequence, counts, isolation. */
public final class UsageChangeSerializer extends VersionedSerializer<UsageChange> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public UsageChangeSerializer() {
        super(1, true);
    }

    @Override
    protected void write(UsageChange value, DataOutputView out) throws IOException {
        out.writeUTF(value.tenantId());
        DimensionsFields.write(value.labels(), out);
        Varint.write(value.atMillis(), out);
        Varint.write(value.bookedAtMillis(), out);
        Varint.write(value.seq(), out);
        UsageCountsFields.write(value.counts(), out);
        PolicyFields.writeIsolation(value.isolation(), out);
    }

    @Override
    protected UsageChange read(int writtenVersion, DataInputView in) throws IOException {
        String tenantId = in.readUTF();
        Dimensions labels = DimensionsFields.read(in);
        long atMillis = Varint.read(in);
        long bookedAtMillis = Varint.read(in);
        long seq = Varint.read(in);
        UsageCounts counts = UsageCountsFields.read(in);
        return new UsageChange(
                tenantId,
                labels,
                atMillis,
                bookedAtMillis,
                counts,
                seq,
                PolicyFields.readIsolation(in));
    }

    @Override
    public TypeSerializerSnapshot<UsageChange> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<UsageChange> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(UsageChangeSerializer::new);
        }
    }
}
