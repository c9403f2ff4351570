package io.sluice.pipeline.codec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Text inside layouts: possibly long, possibly missing, or by name. */
final class Texts {
    private Texts() {}

    /** Text of any length. */
    static void write(String text, DataOutputView out) throws IOException {
        Blob.write(text.getBytes(StandardCharsets.UTF_8), out);
    }

    static String read(DataInputView in) throws IOException {
        return new String(Blob.read(in), StandardCharsets.UTF_8);
    }

    /** Text of any length that may be missing. */
    static void writeOptional(@Nullable String text, DataOutputView out) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            write(text, out);
        }
    }

    static @Nullable String readOptional(DataInputView in) throws IOException {
        return in.readBoolean() ? read(in) : null;
    }

    static void writeMap(Map<String, String> texts, DataOutputView out) throws IOException {
        Varint.write(texts.size(), out);
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeUTF(entry.getValue());
        }
    }

    static Map<String, String> readMap(DataInputView in) throws IOException {
        int count = (int) Varint.read(in);
        if (count == 0) {
            return Map.of();
        }
        Map<String, String> texts = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            texts.put(in.readUTF(), in.readUTF());
        }
        return texts;
    }
}
