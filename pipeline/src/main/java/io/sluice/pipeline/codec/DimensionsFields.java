package io.sluice.pipeline.codec;

import io.sluice.pipeline.usage.Dimensions;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The fields of {@link Dimensions} inside other layouts; changing them is a new version of each of
 * those.
 */
final class DimensionsFields {
    private DimensionsFields() {}

    static void write(Dimensions labels, DataOutputView out) throws IOException {
        out.writeUTF(labels.model());
        out.writeUTF(labels.endpoint());
        out.writeUTF(labels.agentId());
        out.writeUTF(labels.costCenter());
    }

    static Dimensions read(DataInputView in) throws IOException {
        return new Dimensions(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF());
    }
}
