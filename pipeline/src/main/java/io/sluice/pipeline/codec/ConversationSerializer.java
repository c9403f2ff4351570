package io.sluice.pipeline.codec;

import io.sluice.pipeline.session.Conversation;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Version 1: time of the last answer, the TTL then, the turn in flight, tokens of the kept turns.
 */
public final class ConversationSerializer extends VersionedSerializer<Conversation> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public ConversationSerializer() {
        super(1, true);
    }

    @Override
    protected void write(Conversation value, DataOutputView out) throws IOException {
        Varint.write(value.lastAtMillis(), out);
        Varint.write(value.ttlMillis(), out);
        out.writeBoolean(value.turn() != null);
        if (value.turn() != null) {
            out.writeUTF(value.turn());
        }
        Varint.write(value.turns(), out);
        for (long tokens : value.turnTokens()) {
            Varint.write(tokens, out);
        }
    }

    @Override
    protected Conversation read(int writtenVersion, DataInputView in) throws IOException {
        long lastAtMillis = Varint.read(in);
        long ttlMillis = Varint.read(in);
        String turn = in.readBoolean() ? in.readUTF() : null;
        long[] turnTokens = new long[(int) Varint.read(in)];
        for (int i = 0; i < turnTokens.length; i++) {
            turnTokens[i] = Varint.read(in);
        }
        return new Conversation(lastAtMillis, ttlMillis, turn, turnTokens);
    }

    @Override
    public TypeSerializerSnapshot<Conversation> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Conversation> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(ConversationSerializer::new);
        }
    }
}
