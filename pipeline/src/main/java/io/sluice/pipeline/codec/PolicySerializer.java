package io.sluice.pipeline.codec;

import io.sluice.contract.EffectivePolicy;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: the fields of a policy. */
public final class PolicySerializer extends VersionedSerializer<EffectivePolicy> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public PolicySerializer() {
        super(1, true);
    }

    @Override
    protected void write(EffectivePolicy value, DataOutputView out) throws IOException {
        PolicyFields.write(value, out);
    }

    @Override
    protected EffectivePolicy read(int writtenVersion, DataInputView in) throws IOException {
        return PolicyFields.read(in);
    }

    @Override
    public TypeSerializerSnapshot<EffectivePolicy> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<EffectivePolicy> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(PolicySerializer::new);
        }
    }
}
