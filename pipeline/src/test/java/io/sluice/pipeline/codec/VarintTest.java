package io.sluice.pipeline.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class VarintTest {
    @Property
    void everyNumberIsReadBack(@ForAll long value) throws IOException {
        assertThat(Varint.read(new DataInputDeserializer(written(value)))).isEqualTo(value);
    }

    @Test
    void smallNumbersAreShort() throws IOException {
        assertThat(written(0)).containsExactly(0);
        assertThat(written(-1)).containsExactly(1);
        assertThat(written(63)).containsExactly(126);
        assertThat(written(-64)).containsExactly(127);
        assertThat(written(64)).containsExactly(0x80, 1);
        for (long extreme : new long[] {Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThat(written(extreme)).hasSize(10);
            assertThat(Varint.read(new DataInputDeserializer(written(extreme)))).isEqualTo(extreme);
        }
    }

    @Test
    void aNumberWithoutEndIsRefused() {
        byte[] endless = new byte[11];
        Arrays.fill(endless, (byte) 0x80);
        assertThatThrownBy(() -> Varint.read(new DataInputDeserializer(endless)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than 64 bits");
    }

    private static byte[] written(long value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        Varint.write(value, out);
        return out.getCopyOfBuffer();
    }
}
