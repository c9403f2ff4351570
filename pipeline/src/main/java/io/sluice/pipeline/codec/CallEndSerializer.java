package io.sluice.pipeline.codec;

import io.sluice.contract.DeadLetter;
import io.sluice.contract.ResultItem;
import io.sluice.pipeline.alert.CircuitOpened;
import io.sluice.pipeline.enforce.CallEnd;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Version 1: the outcome, whether there is a letter, the letter, circuits that opened, whether
 * there is a result, the result.
 */
public final class CallEndSerializer extends VersionedSerializer<CallEnd> {
    private static final long serialVersionUID = 1;
    private static final OutcomeEventSerializer OUTCOME = new OutcomeEventSerializer();
    private static final DeadLetterSerializer LETTER = new DeadLetterSerializer();
    private static final ResultItemSerializer RESULT = new ResultItemSerializer();

    /** Creates the serializer. */
    public CallEndSerializer() {
        super(1, true);
    }

    @Override
    protected void write(CallEnd value, DataOutputView out) throws IOException {
        OUTCOME.serialize(value.outcome(), out);
        DeadLetter letter = value.letter();
        out.writeBoolean(letter != null);
        if (letter != null) {
            LETTER.serialize(letter, out);
        }
        Varint.write(value.opened().size(), out);
        for (CircuitOpened opened : value.opened()) {
            out.writeUTF(opened.place());
            Varint.write(opened.atMillis(), out);
        }
        ResultItem result = value.result();
        out.writeBoolean(result != null);
        if (result != null) {
            RESULT.serialize(result, out);
        }
    }

    @Override
    protected CallEnd read(int writtenVersion, DataInputView in) throws IOException {
        CallEnd end =
                CallEnd.of(
                        OUTCOME.deserialize(in), in.readBoolean() ? LETTER.deserialize(in) : null);
        List<CircuitOpened> opened = new ArrayList<>();
        for (long left = Varint.read(in); left > 0; left--) {
            opened.add(new CircuitOpened(in.readUTF(), Varint.read(in)));
        }
        CallEnd told = end.telling(opened);
        return in.readBoolean() ? told.standing(RESULT.deserialize(in)) : told;
    }

    @Override
    public TypeSerializerSnapshot<CallEnd> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<CallEnd> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(CallEndSerializer::new);
        }
    }
}
