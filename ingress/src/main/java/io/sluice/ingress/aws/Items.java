package io.sluice.ingress.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Table items as JSON trees and back: objects are maps, numbers are exact. Sets and binary values
 * do not occur in Sluice's tables.
 */
public final class Items {
    private Items() {}

    /** The attributes of a JSON object. */
    public static Map<String, AttributeValue> attributes(ObjectNode node) {
        Map<String, AttributeValue> map = new LinkedHashMap<>();
        node.properties().forEach(e -> map.put(e.getKey(), attribute(e.getValue())));
        return map;
    }

    /** The JSON object of an item's attributes. */
    public static ObjectNode json(Map<String, AttributeValue> item) {
        ObjectNode node = Json.object();
        item.forEach((name, value) -> node.set(name, json(value)));
        return node;
    }

    /** A string attribute. */
    public static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    /** A number attribute. */
    public static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    private static AttributeValue attribute(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> AttributeValue.fromM(attributes((ObjectNode) node));
            case ARRAY -> {
                List<AttributeValue> list = new ArrayList<>(node.size());
                node.forEach(element -> list.add(attribute(element)));
                yield AttributeValue.fromL(list);
            }
            case STRING -> AttributeValue.fromS(node.textValue());
            case NUMBER -> AttributeValue.fromN(node.decimalValue().toPlainString());
            case BOOLEAN -> AttributeValue.fromBool(node.booleanValue());
            case NULL -> AttributeValue.fromNul(true);
            default ->
                    throw new IllegalArgumentException(
                            "a " + node.getNodeType() + " has no form in a table");
        };
    }

    private static JsonNode json(AttributeValue value) {
        return switch (value.type()) {
            case M -> json(value.m());
            case L -> {
                ArrayNode list = Json.object().arrayNode(value.l().size());
                value.l().forEach(element -> list.add(json(element)));
                yield list;
            }
            case S -> Json.object().textNode(value.s());
            case N -> number(value.n());
            case BOOL -> Json.object().booleanNode(value.bool());
            case NUL -> Json.object().nullNode();
            default ->
                    throw new IllegalArgumentException(
                            "an attribute of type " + value.type() + " is not expected here");
        };
    }

    private static JsonNode number(String digits) {
        BigDecimal number = new BigDecimal(digits);
        return number.scale() <= 0 && number.precision() - number.scale() <= 18
                ? LongNode.valueOf(number.longValueExact())
                : DecimalNode.valueOf(number);
    }
}
