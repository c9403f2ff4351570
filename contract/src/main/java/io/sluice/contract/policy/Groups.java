package io.sluice.contract.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Readers of limit keys that have keys of their own: {@code cache} and {@code max_tokens}. */
final class Groups {
    /** The most output tokens that any request may ask for. */
    static final long MOST_OUTPUT_TOKENS = 200_000;

    private static final Map<String, ValueReader> CACHE =
            new TreeMap<>(
                    Map.of(
                            "llm_ttl_seconds", Numbers::seconds,
                            "agent_ttl_seconds", Numbers::seconds,
                            "session_ttl_seconds", Numbers::seconds,
                            "sampled", Groups::flag,
                            "session_turns", Numbers.whole(0, 1_000),
                            "session_tokens", Numbers.whole(0, 10_000_000)));

    private static final Map<String, ValueReader> MAX_TOKENS =
            new TreeMap<>(
                    Map.of(
                            "default", Numbers.whole(1, MOST_OUTPUT_TOKENS),
                            "ceiling", Numbers.whole(1, MOST_OUTPUT_TOKENS)));

    private Groups() {}

    /** Rules of the caches; {@code off} turns all three classes off. */
    static @Nullable JsonNode cache(String path, JsonNode value, Findings findings) {
        if ("off".equals(value.textValue())) {
            return Json.object()
                    .put("agent_ttl_seconds", 0L)
                    .put("llm_ttl_seconds", 0L)
                    .put("session_ttl_seconds", 0L);
        }
        return group(path, value, CACHE, "a mapping, or 'off'", findings);
    }

    /** Default and ceiling of the output tokens; a plain number is both. */
    static @Nullable JsonNode maxTokens(String path, JsonNode value, Findings findings) {
        String expected =
                "a whole number from 1 to "
                        + MOST_OUTPUT_TOKENS
                        + ", or a mapping of default and ceiling";
        if (!value.isObject()) {
            JsonNode both = Numbers.whole(1, MOST_OUTPUT_TOKENS).read(path, value, new Findings());
            if (both == null) {
                findings.wrong(path, value, expected);
                return null;
            }
            return Json.object().<ObjectNode>set("ceiling", both).set("default", both);
        }
        ObjectNode read = group(path, value, MAX_TOKENS, expected, findings);
        if (read != null
                && read.path("default").asLong() > read.path("ceiling").asLong(Long.MAX_VALUE)) {
            findings.wrong(
                    path + ".default",
                    read.get("default"),
                    "at most the ceiling of " + read.get("ceiling").asLong());
            return null;
        }
        return read;
    }

    private static @Nullable ObjectNode group(
            String path,
            JsonNode value,
            Map<String, ValueReader> readers,
            String expected,
            Findings findings) {
        if (!value.isObject()) {
            findings.wrong(path, value, expected);
            return null;
        }
        findings.unknownKeys(path, value, readers.keySet());
        ObjectNode normal = Json.object();
        readers.forEach(
                (key, reader) -> {
                    if (value.has(key)) {
                        JsonNode read = reader.read(path + '.' + key, value.get(key), findings);
                        if (read != null) {
                            normal.set(key, read);
                        }
                    }
                });
        return normal;
    }

    private static @Nullable JsonNode flag(String path, JsonNode value, Findings findings) {
        if (!value.isBoolean()) {
            findings.wrong(path, value, "true or false");
            return null;
        }
        return value;
    }

    /** Milliseconds of a duration in its normal form. */
    static long millis(JsonNode seconds) {
        return seconds.decimalValue().movePointRight(3).longValueExact();
    }
}
