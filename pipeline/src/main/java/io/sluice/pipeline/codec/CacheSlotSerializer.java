package io.sluice.pipeline.codec;

import io.sluice.pipeline.cache.CacheEntry;
import io.sluice.pipeline.cache.CacheSlot;
import io.sluice.pipeline.cache.Flight;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: the kept answer if there is one, then the flights. */
public final class CacheSlotSerializer extends VersionedSerializer<CacheSlot> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public CacheSlotSerializer() {
        super(1, true);
    }

    @Override
    protected void write(CacheSlot value, DataOutputView out) throws IOException {
        CacheEntry entry = value.entry();
        out.writeBoolean(entry != null);
        if (entry != null) {
            out.writeUTF(entry.requestId());
            Varint.write(entry.outcomeAtMillis(), out);
            Varint.write(entry.ttlMillis(), out);
            Varint.write(entry.staleForMillis(), out);
        }
        Varint.write(value.flights().size(), out);
        for (Flight flight : value.flights()) {
            out.writeUTF(flight.leader());
            Varint.write(flight.deadlineAtMillis(), out);
            out.writeBoolean(flight.bulk());
            out.writeBoolean(flight.promoted());
            Varint.write(flight.followers().size(), out);
            for (String follower : flight.followers()) {
                out.writeUTF(follower);
            }
        }
    }

    @Override
    protected CacheSlot read(int writtenVersion, DataInputView in) throws IOException {
        CacheEntry entry =
                in.readBoolean()
                        ? new CacheEntry(
                                in.readUTF(), Varint.read(in), Varint.read(in), Varint.read(in))
                        : null;
        List<Flight> flights = new ArrayList<>();
        for (long left = Varint.read(in); left > 0; left--) {
            flights.add(readFlight(in));
        }
        return new CacheSlot(entry, flights);
    }

    private static Flight readFlight(DataInputView in) throws IOException {
        String leader = in.readUTF();
        long deadlineAtMillis = Varint.read(in);
        boolean bulk = in.readBoolean();
        boolean promoted = in.readBoolean();
        List<String> followers = new ArrayList<>();
        for (long left = Varint.read(in); left > 0; left--) {
            followers.add(in.readUTF());
        }
        return new Flight(leader, deadlineAtMillis, bulk, followers, promoted);
    }

    @Override
    public TypeSerializerSnapshot<CacheSlot> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<CacheSlot> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(CacheSlotSerializer::new);
        }
    }
}
