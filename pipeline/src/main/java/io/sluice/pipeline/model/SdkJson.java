package io.sluice.pipeline.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.MalformedJsonException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * JSON in Bedrock's form to the SDK's objects and back, by the field descriptions that the SDK
 * ships with each type; so every kind of content block that the SDK knows is carried. A field it
 * does not know is refused by name.
 */
final class SdkJson {
    private SdkJson() {}

    /** Sets the builder's fields from an object; {@code where} names it in messages. */
    static void fill(SdkPojo builder, JsonNode object, String where) {
        if (!object.isObject()) {
            throw wrong(where, object, "an object");
        }
        Map<String, SdkField<?>> fields = builder.sdkFieldNameToField();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            String name = where + '.' + entry.getKey();
            SdkField<?> field = fields.get(entry.getKey());
            if (field == null) {
                throw new MalformedJsonException(
                        name + ": not a field that Bedrock Converse takes here");
            }
            field.set(builder, value(field, entry.getValue(), name));
        }
    }

    /** The fields of an SDK object that are set. */
    static ObjectNode of(SdkPojo object) {
        ObjectNode node = Json.object();
        for (SdkField<?> field : object.sdkFields()) {
            Object value = field.getValueOrDefault(object);
            JsonNode json = value == null ? null : node(value);
            if (json != null && !(json.isEmpty() && isAutoConstructed(value))) {
                node.set(field.locationName(), json);
            }
        }
        return node;
    }

    /** A JSON value as a document, the SDK's type for free-form JSON. */
    static Document document(JsonNode node) {
        switch (node.getNodeType()) {
            case STRING:
                return Document.fromString(node.textValue());
            case NUMBER:
                return Document.fromNumber(node.decimalValue());
            case BOOLEAN:
                return Document.fromBoolean(node.booleanValue());
            case ARRAY:
                List<Document> elements = new ArrayList<>();
                node.forEach(element -> elements.add(document(element)));
                return Document.fromList(elements);
            case OBJECT:
                Map<String, Document> members = new LinkedHashMap<>();
                node.properties().forEach(e -> members.put(e.getKey(), document(e.getValue())));
                return Document.fromMap(members);
            default:
                return Document.fromNull();
        }
    }

    private static Object value(SdkField<?> field, JsonNode node, String where) {
        MarshallingKnownType type = field.marshallingType().getKnownType();
        switch (type) {
            case STRING:
                return text(node, where);
            case INTEGER:
                return (int) number(node, where).longValue();
            case LONG:
                return number(node, where).longValue();
            case FLOAT:
                return number(node, where).floatValue();
            case DOUBLE:
                return number(node, where).doubleValue();
            case BOOLEAN:
                if (!node.isBoolean()) {
                    throw wrong(where, node, "true or false");
                }
                return node.booleanValue();
            case SDK_BYTES:
                return bytes(node, where);
            case DOCUMENT:
                return document(node);
            case SDK_POJO:
                SdkPojo builder = field.constructor().get();
                fill(builder, node, where);
                return ((Buildable) builder).build();
            case LIST:
                return list(field.getRequiredTrait(ListTrait.class).memberFieldInfo(), node, where);
            case MAP:
                return map(field.getRequiredTrait(MapTrait.class).valueFieldInfo(), node, where);
            default:
                throw new MalformedJsonException(where + ": a " + type + " cannot be sent");
        }
    }

    private static List<Object> list(SdkField<?> member, JsonNode node, String where) {
        if (!node.isArray()) {
            throw wrong(where, node, "a list");
        }
        List<Object> elements = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            elements.add(value(member, node.get(i), where + '[' + i + ']'));
        }
        return elements;
    }

    private static Map<String, Object> map(SdkField<?> member, JsonNode node, String where) {
        if (!node.isObject()) {
            throw wrong(where, node, "an object");
        }
        Map<String, Object> members = new LinkedHashMap<>();
        node.properties()
                .forEach(
                        e ->
                                members.put(
                                        e.getKey(),
                                        value(member, e.getValue(), where + '.' + e.getKey())));
        return members;
    }

    private static String text(JsonNode node, String where) {
        if (!node.isTextual()) {
            throw wrong(where, node, "a string");
        }
        return node.textValue();
    }

    private static JsonNode number(JsonNode node, String where) {
        if (!node.isNumber()) {
            throw wrong(where, node, "a number");
        }
        return node;
    }

    private static SdkBytes bytes(JsonNode node, String where) {
        try {
            return SdkBytes.fromByteArray(Base64.getDecoder().decode(text(node, where)));
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException(where + ": not base64", e);
        }
    }

    private static @Nullable JsonNode node(Object value) {
        if (value instanceof SdkPojo) {
            return of((SdkPojo) value);
        }
        if (value instanceof List) {
            ArrayNode elements = Json.object().arrayNode();
            ((List<?>) value).forEach(element -> elements.add(node(element)));
            return elements;
        }
        if (value instanceof Map) {
            ObjectNode members = Json.object();
            ((Map<?, ?>) value).forEach((k, v) -> members.set(String.valueOf(k), node(v)));
            return members;
        }
        if (value instanceof Document) {
            return node((Document) value);
        }
        if (value instanceof SdkBytes) {
            byte[] bytes = ((SdkBytes) value).asByteArrayUnsafe();
            return Json.object().textNode(Base64.getEncoder().encodeToString(bytes));
        }
        if (value instanceof Boolean) {
            return Json.object().booleanNode((Boolean) value);
        }
        return value instanceof Number
                ? Json.object().numberNode(new BigDecimal(value.toString()))
                : Json.object().textNode(value.toString());
    }

    private static JsonNode node(Document document) {
        if (document.isMap()) {
            ObjectNode members = Json.object();
            document.asMap().forEach((name, member) -> members.set(name, node(member)));
            return members;
        }
        if (document.isList()) {
            ArrayNode elements = Json.object().arrayNode();
            document.asList().forEach(element -> elements.add(node(element)));
            return elements;
        }
        Object scalar = document.unwrap();
        if (document.isNumber()) {
            return Json.object().numberNode(document.asNumber().bigDecimalValue());
        }
        return scalar == null
                ? Json.object().nullNode()
                : document.isBoolean()
                        ? Json.object().booleanNode(document.asBoolean())
                        : Json.object().textNode(document.asString());
    }

    private static boolean isAutoConstructed(@Nullable Object value) {
        return value instanceof List || value instanceof Map;
    }

    private static MalformedJsonException wrong(String where, JsonNode seen, String expected) {
        return new MalformedJsonException(
                where + ": seen " + seen.getNodeType() + ", expected " + expected);
    }
}
