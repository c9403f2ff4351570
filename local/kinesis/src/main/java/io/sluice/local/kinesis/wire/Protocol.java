package io.sluice.local.kinesis.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A body encoding of the Kinesis API: the response uses the one of its request. */
public enum Protocol {
    JSON("application/x-amz-json-1.1", new JsonFactory()),
    CBOR("application/x-amz-cbor-1.1", new CBORFactory());

    private static final int MAX_NESTING = 32;
    private static final int MAX_STRING_CHARS = 32 * 1024 * 1024;

    private final String contentType;

    @SuppressWarnings("ImmutableEnumChecker") // configured once, here, and thread-safe from then on
    private final ObjectMapper mapper;

    Protocol(String contentType, JsonFactory factory) {
        this.contentType = contentType;
        factory.setStreamReadConstraints(
                StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_NESTING)
                        .maxStringLength(MAX_STRING_CHARS)
                        .build());
        this.mapper =
                new ObjectMapper(factory).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** The protocol of a content type; JSON when the header is missing or names something else. */
    public static Protocol of(@Nullable String contentTypeHeader) {
        return contentTypeHeader != null
                        && contentTypeHeader.toLowerCase(Locale.ROOT).contains("cbor")
                ? CBOR
                : JSON;
    }

    public String contentType() {
        return contentType;
    }

    /**
     * Reads a request body; an empty one is an object without fields.
     *
     * @throws ApiException {@code SerializationException} if the body is not one object
     */
    public Input read(byte[] body) {
        if (body.length == 0) {
            return new Input(mapper.createObjectNode(), this);
        }
        try {
            JsonNode tree = mapper.readTree(body);
            if (!tree.isObject()) {
                throw ApiException.serialization(
                        "The body is a " + tree.getNodeType() + "; an object was expected.");
            }
            return new Input(tree, this);
        } catch (IOException e) {
            throw ApiException.serialization("The body is not well-formed " + name() + ".");
        }
    }

    /** Encodes one object whose fields the argument writes. */
    public byte[] write(Consumer<Output> fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator generator = mapper.createGenerator(bytes)) {
            generator.writeStartObject();
            fields.accept(new Output(generator));
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Encodes an error as {@code {"__type":…,"message":…}}. */
    public byte[] write(ApiException error) {
        return write(out -> out.string("__type", error.type()).string("message", error.text()));
    }
}
