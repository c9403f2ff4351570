package io.sluice.pipeline.codec;

import java.io.IOException;
import java.math.BigInteger;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Integers without a bound: their two's complement, highest byte first, behind its length. */
final class Amount {
    private Amount() {}

    static void write(BigInteger value, DataOutputView out) throws IOException {
        byte[] bytes = value.toByteArray();
        Varint.write(bytes.length, out);
        out.write(bytes);
    }

    static BigInteger read(DataInputView in) throws IOException {
        byte[] bytes = new byte[(int) Varint.read(in)];
        in.readFully(bytes);
        return new BigInteger(bytes);
    }
}
