package io.sluice.pipeline.codec;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Text that is mostly a hash in lower-case hex: half as many bytes, behind their number. */
final class Hex {

    private static final String DIGITS = "0123456789abcdef";

    private Hex() {}

    static void write(String text, DataOutputView out) throws IOException {
        if (!isHex(text)) {
            out.writeByte(0);
            out.writeUTF(text);
            return;
        }
        out.writeByte(text.length() / 2);
        for (int i = 0; i < text.length(); i += 2) {
            out.writeByte(
                    Character.digit(text.charAt(i), 16) << 4
                            | Character.digit(text.charAt(i + 1), 16));
        }
    }

    private static boolean isHex(String text) {
        boolean hex = !text.isEmpty() && text.length() % 2 == 0 && text.length() <= 200;
        for (int i = 0; hex && i < text.length(); i++) {
            hex = DIGITS.indexOf(text.charAt(i)) >= 0;
        }
        return hex;
    }

    static String read(DataInputView in) throws IOException {
        int bytes = in.readByte();
        if (bytes == 0) {
            return in.readUTF();
        }
        StringBuilder text = new StringBuilder(2 * bytes);
        for (int i = 0; i < bytes; i++) {
            int b = in.readUnsignedByte();
            text.append(DIGITS.charAt(b >> 4)).append(DIGITS.charAt(b & 15));
        }
        return text.toString();
    }
}
