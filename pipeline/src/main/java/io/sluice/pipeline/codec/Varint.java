package io.sluice.pipeline.codec;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Signed integers in as few bytes as their size needs: zigzag, seven bits a byte, lowest first. */
final class Varint {
    private Varint() {}

    static void write(long value, DataOutputView out) throws IOException {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    static long read(DataInputView in) throws IOException {
        long rest = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = in.readByte();
            rest |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return (rest >>> 1) ^ -(rest & 1);
            }
        }
        throw new IOException("a variable-length integer is longer than 64 bits");
    }
}
