package io.sluice.pipeline.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.pipeline.codec.Samples.Sample;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every codec. */
class CodecTest {
    static List<Sample<?>> all() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    <T> void whatIsWrittenIsReadBack(Sample<T> sample) throws IOException {
        byte[] bytes = Stored.bytes(sample);
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        T read = Stored.serializer(sample).deserialize(in);
        Stored.assertSame(read, sample.value());
        assertThat(in.available()).as("bytes left").isZero();
    }

    @ParameterizedTest
    @MethodSource("all")
    <T> void aCopyOfTheBytesIsTheSameBytes(Sample<T> sample) throws IOException {
        DataOutputSerializer copy = new DataOutputSerializer(64);
        Stored.serializer(sample).copy(new DataInputDeserializer(Stored.bytes(sample)), copy);
        assertThat(copy.getCopyOfBuffer()).isEqualTo(Stored.bytes(sample));
    }

    @ParameterizedTest
    @MethodSource("all")
    <T> void aCopyOfTheValueIsEqualAndOnlyImmutableOnesAreShared(Sample<T> sample) {
        TypeSerializer<T> serializer = Stored.serializer(sample);
        T copy = serializer.copy(sample.value());
        Stored.assertSame(copy, sample.value());
        assertThat(copy == sample.value()).isEqualTo(serializer.isImmutableType());
    }

    @ParameterizedTest
    @MethodSource("all")
    <T> void anUnknownVersionIsRefused(Sample<T> sample) throws IOException {
        for (byte version : new byte[] {0, 2, 127, -1}) {
            byte[] bytes = Stored.bytes(sample);
            bytes[4] = version;
            assertThatThrownBy(
                            () ->
                                    Stored.serializer(sample)
                                            .deserialize(new DataInputDeserializer(bytes)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("seen layout version " + version);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    <T> void trailingBytesAreRefused(Sample<T> sample) throws IOException {
        byte[] bytes = Stored.bytes(sample);
        DataOutputSerializer longer = new DataOutputSerializer(64);
        longer.writeInt(bytes.length - 4 + 1);
        longer.write(bytes, 4, bytes.length - 4);
        longer.writeByte(0);
        assertThatThrownBy(
                        () ->
                                Stored.serializer(sample)
                                        .deserialize(
                                                new DataInputDeserializer(
                                                        longer.getCopyOfBuffer())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1 bytes too many");
    }

    @ParameterizedTest
    @MethodSource("all")
    <T> void theSnapshotOfThisBuildIsCompatibleAsIs(Sample<T> sample) throws IOException {
        TypeSerializer<T> serializer = Stored.serializer(sample);
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
        TypeSerializerSnapshot<T> restored =
                TypeSerializerSnapshot.readVersionedSnapshot(
                        new DataInputDeserializer(out.getCopyOfBuffer()),
                        getClass().getClassLoader());
        assertThat(
                        serializer
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(restored)
                                .isCompatibleAsIs())
                .isTrue();
        assertThat(restored.restoreSerializer()).isEqualTo(serializer);
    }

    @ParameterizedTest
    @MethodSource("all")
    <T> void theTypeIsItselfAndNoOther(Sample<T> sample) {
        assertThat(sample.type().createSerializer(new SerializerConfigImpl()))
                .isInstanceOf(VersionedSerializer.class);
        assertThat(sample.value()).isInstanceOf(sample.type().getTypeClass());
        long equals = all().stream().filter(other -> other.type().equals(sample.type())).count();
        long ofClass =
                all().stream()
                        .filter(other -> other.value().getClass() == sample.value().getClass())
                        .count();
        assertThat(equals).isEqualTo(ofClass);
    }
}
