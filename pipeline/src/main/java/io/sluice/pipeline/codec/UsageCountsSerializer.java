package io.sluice.pipeline.codec;

import io.sluice.contract.UsageCounts;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: the counters in the order of the class. */
public final class UsageCountsSerializer extends VersionedSerializer<UsageCounts> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public UsageCountsSerializer() {
        super(1, true);
    }

    @Override
    protected void write(UsageCounts value, DataOutputView out) throws IOException {
        UsageCountsFields.write(value, out);
    }

    @Override
    protected UsageCounts read(int writtenVersion, DataInputView in) throws IOException {
        return UsageCountsFields.read(in);
    }

    @Override
    public TypeSerializerSnapshot<UsageCounts> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<UsageCounts> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(UsageCountsSerializer::new);
        }
    }
}
