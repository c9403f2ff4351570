package io.sluice.pipeline.codec;

import io.sluice.pipeline.enforce.AdmittedRequest;
import io.sluice.pipeline.enforce.CallOrder;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Version 1: whether it is a start; then the admitted request, or the tenant and the request of a
 * withdrawal.
 */
public final class CallOrderSerializer extends VersionedSerializer<CallOrder> {
    private static final long serialVersionUID = 1;
    private static final AdmittedRequestSerializer ADMITTED = new AdmittedRequestSerializer();

    /** Creates the serializer. */
    public CallOrderSerializer() {
        super(1, true);
    }

    @Override
    protected void write(CallOrder value, DataOutputView out) throws IOException {
        AdmittedRequest admitted = value.admitted();
        out.writeBoolean(admitted != null);
        if (admitted != null) {
            ADMITTED.serialize(admitted, out);
        } else {
            out.writeUTF(value.tenantId());
            out.writeUTF(value.requestId());
        }
    }

    @Override
    protected CallOrder read(int writtenVersion, DataInputView in) throws IOException {
        return in.readBoolean()
                ? CallOrder.start(ADMITTED.deserialize(in))
                : CallOrder.withdrawal(in.readUTF(), in.readUTF());
    }

    @Override
    public TypeSerializerSnapshot<CallOrder> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<CallOrder> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(CallOrderSerializer::new);
        }
    }
}
