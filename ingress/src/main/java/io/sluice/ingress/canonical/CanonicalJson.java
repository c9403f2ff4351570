package io.sluice.ingress.canonical;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import java.math.BigDecimal;
import java.util.TreeMap;

/**
 * The canonical form of a JSON document: object keys sorted by UTF-16 code units, numbers by value
 * ({@code 0.70}, {@code 7e-1} and {@code 0.7} are one), no white space. Lists keep their order;
 * text is not normalised, because models see the difference.
 */
public final class CanonicalJson {
    /** Whole numbers up to this many digits are written without an exponent. */
    private static final int PLAIN_DIGITS = 18;

    private CanonicalJson() {}

    /** An equal document in canonical form; the given one is not changed. */
    public static JsonNode of(JsonNode node) {
        if (node instanceof ObjectNode object) {
            TreeMap<String, JsonNode> sorted = new TreeMap<>();
            object.properties().forEach(e -> sorted.put(e.getKey(), of(e.getValue())));
            ObjectNode result = Json.object();
            sorted.forEach(result::set);
            return result;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode result = Json.object().arrayNode(array.size());
            array.forEach(element -> result.add(of(element)));
            return result;
        }
        return node.isNumber() ? number(node.decimalValue()) : node;
    }

    private static JsonNode number(BigDecimal value) {
        BigDecimal shortest = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        if (shortest.scale() > 0 || shortest.precision() - shortest.scale() > PLAIN_DIGITS) {
            return shortest.scale() <= 0 && shortest.precision() - shortest.scale() <= 400
                    ? BigIntegerNode.valueOf(shortest.toBigInteger())
                    : DecimalNode.valueOf(shortest);
        }
        return LongNode.valueOf(shortest.longValueExact());
    }
}
