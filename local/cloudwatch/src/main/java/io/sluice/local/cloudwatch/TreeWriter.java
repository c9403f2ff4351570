package io.sluice.local.cloudwatch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/**
 * Writes results as JSON or CBOR: an {@link Instant} becomes epoch seconds, tagged where tags
 * exist.
 */
final class TreeWriter {

    private static final int EPOCH_TAG = 1;

    private TreeWriter() {}

    static byte[] write(JsonNode tree, JsonFactory factory) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = factory.createGenerator(bytes)) {
            node(tree, out);
        }
        return bytes.toByteArray();
    }

    private static void node(JsonNode value, JsonGenerator out) throws IOException {
        if (value.isObject()) {
            out.writeStartObject(value, value.size());
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                out.writeFieldName(field.getKey());
                node(field.getValue(), out);
            }
            out.writeEndObject();
        } else if (value.isArray()) {
            out.writeStartArray(value, value.size());
            for (JsonNode member : value) {
                node(member, out);
            }
            out.writeEndArray();
        } else if (value instanceof POJONode pojo) {
            pojo(pojo.getPojo(), out);
        } else if (value.isBoolean()) {
            out.writeBoolean(value.booleanValue());
        } else if (value.isIntegralNumber()) {
            out.writeNumber(value.longValue());
        } else if (value.isNumber()) {
            out.writeNumber(value.doubleValue());
        } else {
            out.writeString(value.asText());
        }
    }

    private static void pojo(Object value, JsonGenerator out) throws IOException {
        if (value instanceof Instant instant) {
            if (out instanceof CBORGenerator cbor) {
                cbor.writeTag(EPOCH_TAG);
            }
            out.writeNumber(instant.getEpochSecond());
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject(map, map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.writeNumberField(
                        String.valueOf(entry.getKey()),
                        entry.getValue() instanceof Double d ? d : Double.NaN);
            }
            out.writeEndObject();
        }
    }
}
