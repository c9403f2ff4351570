package io.sluice.pipeline.codec;

import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Granularity;
import io.sluice.contract.audit.MerkleHash;
import io.sluice.pipeline.budget.Spending;
import io.sluice.pipeline.dedupe.SeenIds;
import io.sluice.pipeline.enforce.Hold;
import io.sluice.pipeline.enforce.Holds;
import io.sluice.pipeline.enforce.TenantCore;
import io.sluice.pipeline.limit.DayCount;
import io.sluice.pipeline.limit.SlidingLog;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Version 1: sequence, clocks (as differences), policy, hash of the last audit record, day and
 * money (midnights in days), then the held parts of the minute log (times as differences), of the
 * seen ids and of the holds.
 */
public final class TenantCoreSerializer extends VersionedSerializer<TenantCore> {
    private static final long serialVersionUID = 1;
    private static final long DAY_MILLIS = Granularity.DAY.lengthMillis();

    /** Creates the serializer. */
    public TenantCoreSerializer() {
        super(1, false);
    }

    @Override
    protected void write(TenantCore value, DataOutputView out) throws IOException {
        Varint.write(value.seq(), out);
        Varint.write(value.arrivalMillis(), out);
        Varint.write(value.arrivalMillis() - value.clockMillis(), out);
        Varint.write(value.arrivalMillis() - value.sweptAtMillis(), out);
        EffectivePolicy policy = value.policy();
        out.writeBoolean(policy != null);
        if (policy != null) {
            PolicyFields.write(policy, out);
        }
        out.write(value.chain());
        writeMidnight(value.day().dayStartMillis(), out);
        Varint.write(value.day().count(), out);
        writeSpending(value.daySpending(), out);
        writeSpending(value.monthSpending(), out);
        writeLog(value.minute(), out);
        writeSeen(value.seen(), out);
        writeHolds(value.holds(), out);
    }

    @Override
    protected TenantCore read(int writtenVersion, DataInputView in) throws IOException {
        long seq = Varint.read(in);
        long arrivalMillis = Varint.read(in);
        long clockMillis = arrivalMillis - Varint.read(in);
        long sweptAtMillis = arrivalMillis - Varint.read(in);
        EffectivePolicy policy = in.readBoolean() ? PolicyFields.read(in) : null;
        byte[] chain = new byte[MerkleHash.LENGTH];
        in.readFully(chain);
        DayCount day = new DayCount(readMidnight(in), Varint.read(in));
        Spending daySpending = readSpending(Spending.Period.DAY, in);
        Spending monthSpending = readSpending(Spending.Period.MONTH, in);
        SlidingLog minute = readLog(in);
        SeenIds seen = readSeen(in);
        return new TenantCore(
                seq,
                clockMillis,
                arrivalMillis,
                sweptAtMillis,
                policy,
                chain,
                minute,
                day,
                daySpending,
                monthSpending,
                seen,
                readHolds(in));
    }

    private static void writeSpending(Spending spending, DataOutputView out) throws IOException {
        writeMidnight(spending.startMillis(), out);
        Varint.write(spending.spentPicoUsd(), out);
    }

    private static Spending readSpending(Spending.Period period, DataInputView in)
            throws IOException {
        return new Spending(period, readMidnight(in), Varint.read(in));
    }

    /** A day's first millisecond in UTC, in days: there is a tenant's core for every tenant. */
    private static void writeMidnight(long millis, DataOutputView out) throws IOException {
        if (millis % DAY_MILLIS != 0) {
            throw new IOException(millis + " is no midnight in UTC");
        }
        Varint.write(millis / DAY_MILLIS, out);
    }

    private static long readMidnight(DataInputView in) throws IOException {
        return Varint.read(in) * DAY_MILLIS;
    }

    private static void writeLog(SlidingLog log, DataOutputView out) throws IOException {
        Varint.write(log.tail(), out);
        Varint.write(log.head() - log.tail(), out);
        Varint.write(log.tokens(), out);
        long previous = 0;
        long[] entries = log.heldEntries();
        for (int i = 0; i < entries.length; i += 2) {
            Varint.write(entries[i] - previous, out);
            Varint.write(entries[i + 1], out);
            previous = entries[i];
        }
    }

    private static SlidingLog readLog(DataInputView in) throws IOException {
        long tail = Varint.read(in);
        long head = tail + Varint.read(in);
        long tokens = Varint.read(in);
        long[] entries = new long[2 * SlidingLog.heldCount(tail, head)];
        long previous = 0;
        for (int i = 0; i < entries.length; i += 2) {
            previous += Varint.read(in);
            entries[i] = previous;
            entries[i + 1] = Varint.read(in);
        }
        return SlidingLog.restore(tail, head, tokens, entries);
    }

    private static void writeSeen(SeenIds seen, DataOutputView out) throws IOException {
        Varint.write(seen.tail(), out);
        Varint.write(seen.head() - seen.tail(), out);
        Varint.write(seen.tailArrivalMillis(), out);
        Varint.write(seen.storedNewestMillis(), out);
        Varint.write(seen.newestMillis(), out);
        Varint.write(seen.disorderMillis(), out);
        Varint.write(seen.lastArrivalMillis(), out);
        long[] bits = seen.heldBits();
        Varint.write(bits.length, out);
        for (long half : bits) {
            out.writeLong(half);
        }
    }

    private static SeenIds readSeen(DataInputView in) throws IOException {
        long tail = Varint.read(in);
        long head = tail + Varint.read(in);
        long tailArrivalMillis = Varint.read(in);
        long storedNewestMillis = Varint.read(in);
        long newestMillis = Varint.read(in);
        long disorderMillis = Varint.read(in);
        long lastArrivalMillis = Varint.read(in);
        long[] bits = new long[(int) Varint.read(in)];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = in.readLong();
        }
        return new SeenIds(
                tail,
                head,
                tailArrivalMillis,
                storedNewestMillis,
                newestMillis,
                disorderMillis,
                lastArrivalMillis,
                bits);
    }

    private static void writeHolds(Holds holds, DataOutputView out) throws IOException {
        Varint.write(holds.overflowing(), out);
        Varint.write(holds.pending(), out);
        Varint.write(holds.heldPicoUsd(), out);
        Varint.write(holds.nextExpiryMillis(), out);
        Varint.write(holds.inline().size(), out);
        for (Map.Entry<String, Hold> entry : holds.inline().entrySet()) {
            out.writeUTF(entry.getKey());
            HoldFields.write(entry.getValue(), out);
        }
    }

    private static Holds readHolds(DataInputView in) throws IOException {
        int overflowing = (int) Varint.read(in);
        int pending = (int) Varint.read(in);
        long heldPicoUsd = Varint.read(in);
        long nextExpiryMillis = Varint.read(in);
        int count = (int) Varint.read(in);
        SortedMap<String, Hold> inline = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            inline.put(in.readUTF(), HoldFields.read(in));
        }
        return new Holds(inline, overflowing, pending, heldPicoUsd, nextExpiryMillis);
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
