package io.sluice.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;

/** The generated description of the API. */
public final class ApiDescription {
    private ApiDescription() {}

    /** The names of a shape's fields. */
    public static Set<String> fieldsOf(String schema) {
        Map<?, ?> properties = at(load(), "components", "schemas", schema, "properties");
        return properties.keySet().stream()
                .map(Object::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names of a document's fields. */
    public static Set<String> fieldsOf(JsonNode document) {
        return document.properties().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<?, ?> at(Map<?, ?> map, String... steps) {
        Map<?, ?> node = map;
        for (String step : steps) {
            node = (Map<?, ?>) node.get(step);
        }
        return node;
    }

    private static Map<?, ?> load() {
        try (InputStream in =
                ApiDescription.class.getResourceAsStream("/META-INF/swagger/sluice.yml")) {
            return new Yaml().load(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
