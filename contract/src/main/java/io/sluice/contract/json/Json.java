package io.sluice.contract.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * Strict reading and compact writing of JSON: no duplicate keys, no trailing tokens, exact
 * decimals, bounded depth. Thread-safe.
 */
public final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder()
                                .maxNestingDepth(100)
                                .maxNumberLength(100)
                                .maxStringLength(16 * 1024 * 1024)
                                .build());
    }

    private Json() {}

    /** An empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * The document of these UTF-8 bytes; throws {@link MalformedJsonException} if they are none.
     */
    public static JsonNode parse(byte[] utf8) {
        return parse(utf8, 0, utf8.length);
    }

    /**
     * The document of some of these UTF-8 bytes; throws {@link MalformedJsonException} if they are
     * none.
     */
    static JsonNode parse(byte[] utf8, int from, int length) {
        try {
            return present(MAPPER.readTree(utf8, from, length));
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (IOException e) {
            throw new MalformedJsonException("not JSON: unreadable bytes", e);
        }
    }

    /** The document of this text; throws {@link MalformedJsonException} if it is none. */
    public static JsonNode parse(String text) {
        try {
            return present(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            throw malformed(e);
        }
    }

    /** The UTF-8 bytes of a document. */
    public static byte[] bytes(JsonNode document) {
        try {
            return MAPPER.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree could not be written", e);
        }
    }

    /** The text of a document. */
    public static String text(JsonNode document) {
        try {
            return MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree could not be written", e);
        }
    }

    private static JsonNode present(JsonNode document) {
        if (document.isMissingNode()) {
            throw new MalformedJsonException("no JSON: the document is empty");
        }
        return document;
    }

    private static MalformedJsonException malformed(JsonProcessingException e) {
        String where =
                e.getLocation() == null
                        ? ""
                        : " at line "
                                + e.getLocation().getLineNr()
                                + ", column "
                                + e.getLocation().getColumnNr();
        String what = String.valueOf(e.getOriginalMessage());
        return new MalformedJsonException(
                "not JSON"
                        + where
                        + ": "
                        + (what.startsWith("Duplicate field")
                                ? what
                                : "unexpected token or number"),
                e);
    }
}
