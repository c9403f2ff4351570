package io.sluice.local.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The behaviours in force, by model id, kept in {@code behavior.json} so that a restarted server
 * goes on the same way. Used by one thread.
 */
final class BehaviorBook {

    private final ObjectMapper mapper = new ObjectMapper();
    private final Path file;
    private final Map<String, Behavior> defaults = new TreeMap<>();
    private final Map<Place, Put> put = new TreeMap<>();

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
                put.put(Place.of(behavior), new Put(behavior, before));
            }
        }
    }

    /**
     * The behaviour of a model in a region: its own, that of its base id, or that of every model,
     * each first in that region, then everywhere; what was put wins over the defaults.
     */
    Ruling rulingFor(String modelId, String region, CallLog calls) {
        for (Place place : Place.from(modelId, region)) {
            Put entry = put.get(place);
            if (entry != null) {
                String counted = place.region();
                return new Ruling(
                        entry.behavior,
                        calls.arrivals(modelId, counted)
                                + 1
                                - entry.arrivalsBefore.getOrDefault(modelId, 0L));
            }
        }
        long ordinal = calls.arrivals(modelId, Behavior.EVERYWHERE) + 1;
        for (Place place : Place.from(modelId, Behavior.EVERYWHERE)) {
            Behavior behavior = defaults.get(place.model());
            if (behavior != null) {
                return new Ruling(behavior, ordinal);
            }
        }
        return new Ruling(Behavior.none(modelId), ordinal);
    }

    /** Puts a behaviour; its counters start after what arrived so far. */
    void put(Behavior behavior, CallLog calls) throws IOException {
        put.put(
                Place.of(behavior),
                new Put(behavior, new TreeMap<>(calls.arrivals(behavior.region()))));
        save();
    }

    /** Forgets what was put for one model, in every region; with null everything. */
    void delete(@Nullable String model) throws IOException {
        if (model == null) {
            put.clear();
        } else {
            put.keySet().removeIf(place -> place.model().equals(model));
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

        Ending ending() {
            return behavior.endingOf(ordinal);
        }
    }

    private record Put(Behavior behavior, Map<String, Long> arrivalsBefore) {}

    /** Which calls a behaviour is for. */
    private record Place(String model, String region) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::model).thenComparing(Place::region);

        static Place of(Behavior behavior) {
            return new Place(behavior.model(), behavior.region());
        }

        /** From the narrowest to the widest. */
        static List<Place> from(String modelId, String region) {
            return Stream.of(modelId, KnownModels.baseId(modelId), Behavior.ANY)
                    .flatMap(
                            model ->
                                    Stream.of(region, Behavior.EVERYWHERE)
                                            .map(where -> new Place(model, where)))
                    .distinct()
                    .toList();
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }
}
