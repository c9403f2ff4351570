package io.sluice.pipeline.codec;

import io.sluice.contract.EffectivePolicy;
import io.sluice.pipeline.enforce.TenantCore;
import io.sluice.pipeline.limit.DayCount;
import io.sluice.pipeline.limit.SlidingLog;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Version 1: sequence, clocks, policy, day, then the held part of the minute log as differences.
 */
public final class TenantCoreSerializer extends VersionedSerializer<TenantCore> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public TenantCoreSerializer() {
        super(1, false);
    }

    @Override
    protected void write(TenantCore value, DataOutputView out) throws IOException {
        Varint.write(value.seq(), out);
        Varint.write(value.clockMillis(), out);
        Varint.write(value.arrivalMillis(), out);
        Varint.write(value.sweptAtMillis(), out);
        EffectivePolicy policy = value.policy();
        out.writeBoolean(policy != null);
        if (policy != null) {
            PolicyFields.write(policy, out);
        }
        Varint.write(value.day().dayStartMillis(), out);
        Varint.write(value.day().count(), out);
        writeLog(value.minute(), out);
    }

    @Override
    protected TenantCore read(int writtenVersion, DataInputView in) throws IOException {
        long seq = Varint.read(in);
        long clockMillis = Varint.read(in);
        long arrivalMillis = Varint.read(in);
        long sweptAtMillis = Varint.read(in);
        EffectivePolicy policy = in.readBoolean() ? PolicyFields.read(in) : null;
        DayCount day = new DayCount(Varint.read(in), Varint.read(in));
        SlidingLog minute = readLog(in);
        return new TenantCore(seq, clockMillis, arrivalMillis, sweptAtMillis, policy, minute, day);
    }

    private static void writeLog(SlidingLog log, DataOutputView out) throws IOException {
        Varint.write(log.tail(), out);
        Varint.write(log.head() - log.tail(), out);
        long previous = 0;
        for (long time : log.heldTimes()) {
            Varint.write(time - previous, out);
            previous = time;
        }
    }

    private static SlidingLog readLog(DataInputView in) throws IOException {
        long tail = Varint.read(in);
        long head = tail + Varint.read(in);
        long[] times = new long[SlidingLog.heldCount(tail, head)];
        long previous = 0;
        for (int i = 0; i < times.length; i++) {
            previous += Varint.read(in);
            times[i] = previous;
        }
        return SlidingLog.restore(tail, head, times);
    }

    @Override
    public TypeSerializerSnapshot<TenantCore> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<TenantCore> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(TenantCoreSerializer::new);
        }
    }
}
