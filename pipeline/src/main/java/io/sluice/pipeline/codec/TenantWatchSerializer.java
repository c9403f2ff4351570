package io.sluice.pipeline.codec;

import io.sluice.pipeline.alert.TenantWatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: count and numbers as {@link TenantWatch} orders them, count and models. */
public final class TenantWatchSerializer extends VersionedSerializer<TenantWatch> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public TenantWatchSerializer() {
        super(1, false);
    }

    @Override
    protected void write(TenantWatch value, DataOutputView out) throws IOException {
        long[] numbers = value.numbers();
        Varint.write(numbers.length, out);
        for (long number : numbers) {
            Varint.write(number, out);
        }
        Varint.write(value.models().size(), out);
        for (String model : value.models()) {
            out.writeUTF(model);
        }
    }

    @Override
    protected TenantWatch read(int writtenVersion, DataInputView in) throws IOException {
        long[] numbers = new long[(int) Varint.read(in)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Varint.read(in);
        }
        List<String> models = new ArrayList<>();
        for (long left = Varint.read(in); left > 0; left--) {
            models.add(in.readUTF());
        }
        return new TenantWatch(numbers, models);
    }

    @Override
    public TypeSerializerSnapshot<TenantWatch> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<TenantWatch> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(TenantWatchSerializer::new);
        }
    }
}
