package io.sluice.pipeline.codec;

import io.sluice.pipeline.enforce.Hold;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The fields of {@link Hold} inside other layouts; changing them is a new version of each of those.
 */
final class HoldFields {
    /** A role is written as its place here: append only. */
    private static final List<Hold.Role> ROLES =
            List.of(Hold.Role.ALONE, Hold.Role.LEADER, Hold.Role.FOLLOWER);

    private HoldFields() {}

    static void write(Hold hold, DataOutputView out) throws IOException {
        out.writeByte(ROLES.indexOf(hold.role()));
        out.writeBoolean(hold.expired());
        out.writeUTF(hold.cacheKey());
        out.writeBoolean(hold.conversation() != null);
        if (hold.conversation() != null) {
            out.writeUTF(hold.conversation());
        }
        DimensionsFields.write(hold.labels(), out);
        Varint.write(hold.decidedAtMillis(), out);
        Varint.write(hold.minuteEntry(), out);
        Varint.write(hold.tokens(), out);
        Varint.write(hold.ownTokens(), out);
        Varint.write(hold.picoUsd(), out);
        Varint.write(hold.expiresAtMillis(), out);
        Varint.write(hold.staleForMillis(), out);
    }

    static Hold read(DataInputView in) throws IOException {
        return new Hold(
                ROLES.get(in.readByte()),
                in.readBoolean(),
                in.readUTF(),
                in.readBoolean() ? in.readUTF() : null,
                DimensionsFields.read(in),
                Varint.read(in),
                Varint.read(in),
                Varint.read(in),
                Varint.read(in),
                Varint.read(in),
                Varint.read(in),
                Varint.read(in));
    }
}
