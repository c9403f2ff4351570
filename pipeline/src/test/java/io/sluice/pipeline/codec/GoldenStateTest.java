package io.sluice.pipeline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.pipeline.codec.Samples.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What version 1 wrote, this build must read. A file holds the serializer's snapshot and then the
 * value. Files are written once, with {@code -Dsluice.golden.write=true}, and never edited: a new
 * layout gets a directory of its own.
 */
class GoldenStateTest {
    private static final Path GOLDEN = Path.of("src/test/resources/state/v1");

    static List<Sample<?>> all() {
        return Samples.all();
    }

    static List<Sample<?>> state() {
        return Samples.state();
    }

    @ParameterizedTest
    @MethodSource("all")
    <T> void whatVersionOneWroteIsStillRead(Sample<T> sample) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(golden(sample));
        TypeSerializerSnapshot<T> written =
                TypeSerializerSnapshot.readVersionedSnapshot(in, getClass().getClassLoader());
        TypeSerializer<T> now = Stored.serializer(sample);
        assertThat(
                        now.snapshotConfiguration()
                                .resolveSchemaCompatibility(written)
                                .isCompatibleAsIs())
                .isTrue();
        Stored.assertSame(written.restoreSerializer().deserialize(in), sample.value());
        assertThat(in.available()).isZero();
    }

    /**
     * JSON inside a record may gain fields; binary layouts may not change without a new version.
     */
    @ParameterizedTest
    @MethodSource("state")
    <T> void theLayoutOfStateIsVersionOnes(Sample<T> sample) throws IOException {
        if (!sample.name().equals("admitted-request")) {
            assertThat(newest(sample)).isEqualTo(golden(sample));
        }
    }

    @Test
    void everyFileBelongsToASample() throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try (var files = Files.list(GOLDEN)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        assertThat(names)
                .containsExactlyElementsOf(
                        new TreeSet<>(all().stream().map(s -> s.name() + ".bin").toList()));
    }

    private static <T> byte[] golden(Sample<T> sample) throws IOException {
        Path file = GOLDEN.resolve(sample.name() + ".bin");
        if (!Files.exists(file) && Boolean.getBoolean("sluice.golden.write")) {
            Files.createDirectories(GOLDEN);
            Files.write(file, newest(sample));
        }
        return Files.readAllBytes(file);
    }

    private static <T> byte[] newest(Sample<T> sample) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(
                out, Stored.serializer(sample).snapshotConfiguration());
        out.write(Stored.bytes(sample));
        return out.getCopyOfBuffer();
    }
}
