package io.sluice.local.kinesis.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes the fields of a response object; a null value leaves its field out. */
public final class Output {
    private static final int CBOR_EPOCH_TAG = 1;

    private final JsonGenerator generator;

    Output(JsonGenerator generator) {
        this.generator = generator;
    }

    private interface Write {
        void run() throws IOException;
    }

    private Output field(String name, Write value) {
        try {
            generator.writeFieldName(name);
            value.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Output string(String name, @Nullable String value) {
        return value == null ? this : field(name, () -> generator.writeString(value));
    }

    public Output number(String name, long value) {
        return field(name, () -> generator.writeNumber(value));
    }

    public Output flag(String name, boolean value) {
        return field(name, () -> generator.writeBoolean(value));
    }

    public Output bytes(String name, byte[] value) {
        return field(name, () -> generator.writeBinary(value));
    }

    /** A time: seconds with a fraction in JSON, tagged whole milliseconds in CBOR. */
    public Output timestamp(String name, long epochMillis) {
        return field(
                name,
                () -> {
                    if (generator instanceof CBORGenerator) {
                        ((CBORGenerator) generator).writeTag(CBOR_EPOCH_TAG);
                        generator.writeNumber(epochMillis);
                    } else {
                        generator.writeNumber(BigDecimal.valueOf(epochMillis, 3));
                    }
                });
    }

    public Output object(String name, Consumer<Output> fields) {
        return field(name, () -> nested(fields));
    }

    public Output strings(String name, Iterable<String> values) {
        return field(
                name,
                () -> {
                    generator.writeStartArray();
                    for (String value : values) {
                        generator.writeString(value);
                    }
                    generator.writeEndArray();
                });
    }

    /** A list of objects, each written by the function from its element. */
    public <T> Output objects(String name, Iterable<T> values, BiConsumer<Output, T> fields) {
        return field(
                name,
                () -> {
                    generator.writeStartArray();
                    for (T value : values) {
                        nested(out -> fields.accept(out, value));
                    }
                    generator.writeEndArray();
                });
    }

    private void nested(Consumer<Output> fields) throws IOException {
        generator.writeStartObject();
        fields.accept(this);
        generator.writeEndObject();
    }
}
