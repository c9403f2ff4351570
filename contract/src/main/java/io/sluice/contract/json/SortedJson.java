package io.sluice.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeMap;

/** A tree whose objects have their keys in alphabetical order, lists left as they are. */
public final class SortedJson {
    private SortedJson() {}

    /** An equal tree in that order; the given one is not changed. */
    public static JsonNode of(JsonNode node) {
        if (!node.isObject()) {
            return node;
        }
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        node.properties().forEach(e -> sorted.put(e.getKey(), of(e.getValue())));
        ObjectNode object = Json.object();
        sorted.forEach(object::set);
        return object;
    }
}
