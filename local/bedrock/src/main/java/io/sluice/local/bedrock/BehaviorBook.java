package io.sluice.local.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The behaviours in force, by model id, kept in {@code behavior.json} so that a restarted server
 * goes on the same way. Used by one thread.
 */
final class BehaviorBook {

    private final ObjectMapper mapper = new ObjectMapper();
    private final Path file;
    private final Map<String, Behavior> defaults = new TreeMap<>();
    private final Map<String, Put> put = new TreeMap<>();

    BehaviorBook(Settings settings) throws IOException {
        file = settings.dataDir().resolve("behavior.json");
        for (Behavior behavior : settings.defaults()) {
            defaults.put(behavior.model(), behavior);
        }
        if (Files.exists(file)) {
            for (JsonNode entry : mapper.readTree(Files.readAllBytes(file))) {
                Behavior behavior = BehaviorJson.read(entry.get("behavior"));
                Map<String, Long> before = new TreeMap<>();
                entry.path("arrivals_before")
                        .properties()
                        .forEach(e -> before.put(e.getKey(), e.getValue().longValue()));
                put.put(behavior.model(), new Put(behavior, before));
            }
        }
    }

    /**
     * The behaviour of a model: its own, that of its base id, or that of every model; what was put
     * wins over the defaults.
     */
    Ruling rulingFor(String modelId, long arrivals) {
        for (String key : new String[] {modelId, KnownModels.baseId(modelId), Behavior.ANY}) {
            Put entry = put.get(key);
            if (entry != null) {
                return new Ruling(
                        entry.behavior, arrivals - entry.arrivalsBefore.getOrDefault(modelId, 0L));
            }
        }
        for (String key : new String[] {modelId, KnownModels.baseId(modelId), Behavior.ANY}) {
            Behavior behavior = defaults.get(key);
            if (behavior != null) {
                return new Ruling(behavior, arrivals);
            }
        }
        return new Ruling(Behavior.none(modelId), arrivals);
    }

    /** Puts a behaviour; its counters start after the given arrivals per model. */
    void put(Behavior behavior, Map<String, Long> arrivals) throws IOException {
        put.put(behavior.model(), new Put(behavior, new TreeMap<>(arrivals)));
        save();
    }

    /** Forgets what was put for one model, or everything with null. */
    void delete(@Nullable String model) throws IOException {
        if (model == null) {
            put.clear();
        } else {
            put.remove(model);
        }
        save();
    }

    /** What is in force, put and default, as JSON. */
    ObjectNode describe() {
        ObjectNode json = mapper.createObjectNode();
        ArrayNode entries = json.putArray("put");
        put.values().forEach(entry -> entries.add(BehaviorJson.write(entry.behavior)));
        ArrayNode fallbacks = json.putArray("defaults");
        defaults.values().forEach(behavior -> fallbacks.add(BehaviorJson.write(behavior)));
        return json;
    }

    private void save() throws IOException {
        ArrayNode entries = mapper.createArrayNode();
        for (Put entry : put.values()) {
            ObjectNode json = entries.addObject();
            json.set("behavior", BehaviorJson.write(entry.behavior));
            ObjectNode before = json.putObject("arrivals_before");
            entry.arrivalsBefore.forEach(before::put);
        }
        Path draft = file.resolveSibling("behavior.json.new");
        Files.write(draft, mapper.writeValueAsBytes(entries));
        Files.move(
                draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A behaviour and the ordinal (from 1) of the call under it. */
    record Ruling(Behavior behavior, long ordinal) {

        Behavior.Effect effect() {
            return behavior.effectOn(ordinal);
        }
    }

    private record Put(Behavior behavior, Map<String, Long> arrivalsBefore) {}
}
