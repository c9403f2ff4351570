package io.sluice.pipeline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.pipeline.codec.Samples.Sample;
import io.sluice.pipeline.limit.SlidingLog;
import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Samples as bytes. */
final class Stored {
    private Stored() {}

    static <T> TypeSerializer<T> serializer(Sample<T> sample) {
        return sample.type().createSerializer(new SerializerConfigImpl());
    }

    static <T> byte[] bytes(Sample<T> sample) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer(sample).serialize(sample.value(), out);
        return out.getCopyOfBuffer();
    }

    /** Field by field, because not every value has an equality of its own. */
    static void assertSame(Object seen, Object expected) {
        assertThat(seen)
                .usingRecursiveComparison()
                .usingOverriddenEquals()
                .withEqualsForType(SlidingLog::equals, SlidingLog.class)
                .isEqualTo(expected);
    }
}
