package io.sluice.pipeline.codec;

import io.sluice.pipeline.usage.LabelBook;
import java.io.IOException;
import java.util.NavigableSet;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: day, then the labels of each dimension. */
public final class LabelBookSerializer extends VersionedSerializer<LabelBook> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public LabelBookSerializer() {
        super(1, false);
    }

    @Override
    protected void write(LabelBook value, DataOutputView out) throws IOException {
        Varint.write(value.dayStartMillis(), out);
        for (NavigableSet<String> labels : value.seen()) {
            Varint.write(labels.size(), out);
            for (String label : labels) {
                out.writeUTF(label);
            }
        }
    }

    @Override
    protected LabelBook read(int writtenVersion, DataInputView in) throws IOException {
        LabelBook book = new LabelBook(Varint.read(in));
        for (NavigableSet<String> labels : book.seen()) {
            int count = (int) Varint.read(in);
            for (int i = 0; i < count; i++) {
                labels.add(in.readUTF());
            }
        }
        return book;
    }

    @Override
    public TypeSerializerSnapshot<LabelBook> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<LabelBook> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(LabelBookSerializer::new);
        }
    }
}
