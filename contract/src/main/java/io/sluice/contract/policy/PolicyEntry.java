package io.sluice.contract.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.contract.Isolation;
import io.sluice.contract.json.Json;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The limits that a tier, a tenant's entry or an administrator sets, in their normal form: an
 * object of {@link LimitKey}s in alphabetical order, without what is not set. Immutable; equal
 * entries have equal text.
 */
public final class PolicyEntry {
    /** An entry that sets nothing. */
    public static final PolicyEntry NONE = new PolicyEntry(Json.object());

    /** Keys whose values have keys of their own, each of which goes before the base's. */
    private static final Set<String> GROUPS =
            Set.of(LimitKey.CACHE.wireName(), LimitKey.MAX_TOKENS.wireName());

    private final ObjectNode limits;

    private PolicyEntry(ObjectNode limits) {
        this.limits = limits;
    }

    /** The entry in an object that may hold nothing else; what is wrong goes to the findings. */
    static PolicyEntry read(String path, JsonNode given, Set<String> others, Findings findings) {
        Set<String> known = LimitKey.wireNames();
        known.addAll(others);
        findings.unknownKeys(path, given, known);
        TreeMap<String, @Nullable JsonNode> limits = new TreeMap<>();
        LimitReaders.ALL.forEach(
                (key, reader) -> {
                    String name = key.wireName();
                    JsonNode value = given.get(name);
                    if (value != null) {
                        limits.put(name, reader.read(Findings.join(path, name), value, findings));
                    }
                });
        return new PolicyEntry(object(limits));
    }

    /**
     * An administrator's overrides as given; {@code null} values and the forms of the first version
     * are understood.
     *
     * @throws InvalidPolicyException if they are none, naming each key and value
     */
    public static PolicyEntry ofOverrides(JsonNode given) {
        return overrides(given, new Findings());
    }

    /**
     * An administrator's overrides as stored, by this version, an earlier or a later one.
     *
     * @throws InvalidPolicyException if they cannot be used
     */
    public static PolicyEntry ofStored(JsonNode stored) {
        return overrides(stored, Findings.ofStored());
    }

    private static PolicyEntry overrides(JsonNode given, Findings findings) {
        PolicyEntry entry = NONE;
        if (given.isObject()) {
            ObjectNode now = FirstOverrides.upgrade((ObjectNode) given);
            entry = read("overrides", now, Set.of(), findings);
        } else {
            findings.wrong("overrides", given, "an object");
        }
        findings.throwIfAny();
        return entry;
    }

    /** This entry's limits, and the base's where this one sets none. */
    public PolicyEntry over(PolicyEntry base) {
        TreeMap<String, @Nullable JsonNode> merged = new TreeMap<>();
        base.limits.properties().forEach(e -> merged.put(e.getKey(), e.getValue()));
        for (Map.Entry<String, JsonNode> mine : limits.properties()) {
            JsonNode theirs = merged.get(mine.getKey());
            merged.put(
                    mine.getKey(),
                    theirs != null && GROUPS.contains(mine.getKey())
                            ? merged((ObjectNode) mine.getValue(), (ObjectNode) theirs)
                            : mine.getValue());
        }
        return new PolicyEntry(object(merged));
    }

    /** The value of a key; null if it is not set. */
    @Nullable JsonNode get(LimitKey key) {
        return limits.get(key.wireName());
    }

    /** This entry with another value of one key. */
    PolicyEntry with(LimitKey key, JsonNode value) {
        ObjectNode copy = limits.deepCopy();
        copy.set(key.wireName(), value);
        return new PolicyEntry(copy);
    }

    /** This entry with that isolation, whatever it set. */
    public PolicyEntry with(Isolation isolation) {
        return with(LimitKey.ISOLATION, TextNode.valueOf(isolation.wireName()));
    }

    /** The isolation that it sets; null if it sets none. */
    public @Nullable Isolation isolation() {
        JsonNode value = get(LimitKey.ISOLATION);
        return value == null ? null : Isolation.ofWireName(value.textValue());
    }

    /** The limits as an object. */
    public ObjectNode json() {
        return limits.deepCopy();
    }

    /** The limits as JSON text. */
    public String text() {
        return Json.text(limits);
    }

    private static ObjectNode merged(ObjectNode mine, ObjectNode theirs) {
        TreeMap<String, @Nullable JsonNode> sorted = new TreeMap<>();
        theirs.properties().forEach(e -> sorted.put(e.getKey(), e.getValue()));
        mine.properties().forEach(e -> sorted.put(e.getKey(), e.getValue()));
        return object(sorted);
    }

    /** Without what is null: the findings say why. */
    private static ObjectNode object(Map<String, @Nullable JsonNode> sorted) {
        ObjectNode object = Json.object();
        sorted.forEach(
                (key, value) -> {
                    if (value != null) {
                        object.set(key, value);
                    }
                });
        return object;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PolicyEntry && text().equals(((PolicyEntry) other).text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
