package io.sluice.pipeline.codec;

import io.sluice.pipeline.usage.LabelBook;
import java.io.IOException;
import java.util.List;
import java.util.NavigableSet;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: day, then the labels of each dimension, then those of the day before. */
public final class LabelBookSerializer extends VersionedSerializer<LabelBook> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public LabelBookSerializer() {
        super(1, false);
    }

    @Override
    protected void write(LabelBook value, DataOutputView out) throws IOException {
        Varint.write(value.dayStartMillis(), out);
        write(value.seen(), out);
        write(value.before(), out);
    }

    private static void write(List<NavigableSet<String>> dimensions, DataOutputView out)
            throws IOException {
        for (NavigableSet<String> labels : dimensions) {
            Varint.write(labels.size(), out);
            for (String label : labels) {
                out.writeUTF(label);
            }
        }
    }

    @Override
    protected LabelBook read(int writtenVersion, DataInputView in) throws IOException {
        LabelBook book = new LabelBook(Varint.read(in));
        read(book.seen(), in);
        read(book.before(), in);
        return book;
    }

    private static void read(List<NavigableSet<String>> dimensions, DataInputView in)
            throws IOException {
        for (NavigableSet<String> labels : dimensions) {
            int count = (int) Varint.read(in);
            for (int i = 0; i < count; i++) {
                labels.add(in.readUTF());
            }
        }
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
