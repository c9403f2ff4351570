package io.sluice.contract.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.contract.Names;
import io.sluice.contract.json.Json;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Readers of limit keys whose values are words or lists of words. */
final class Words {
    /** The word for models that are not restricted. */
    static final String ALL = "all";

    /** Limits that may be evaluated without being enforced, and what decisions call them. */
    static final Map<String, String> SHADOWED = shadowed();

    private static final int MOST_MODELS = 100;
    private static final int MOST_MODEL_CHARACTERS = 256;

    private Words() {}

    private static Map<String, String> shadowed() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("requests_per_minute", Names.REQUESTS_PER_MINUTE);
        names.put("requests_per_day", Names.REQUESTS_PER_DAY);
        names.put("tokens_per_minute", Names.TOKENS_PER_MINUTE);
        names.put("max_pending", Names.MAX_PENDING);
        names.put("budget_per_day_usd", Names.BUDGET_PER_DAY);
        names.put("budget_per_month_usd", Names.BUDGET_PER_MONTH);
        return names;
    }

    /** One of these words. */
    static ValueReader oneOf(String... words) {
        List<String> known = Arrays.asList(words);
        return (path, value, findings) -> {
            if (value.isTextual() && known.contains(value.textValue())) {
                return value;
            }
            findings.wrong(path, value, "one of " + String.join(", ", known));
            return null;
        };
    }

    /** A list of models by id or alias, or {@link #ALL}. */
    static @Nullable JsonNode models(String path, JsonNode value, Findings findings) {
        if (ALL.equals(value.textValue())) {
            return TextNode.valueOf(ALL);
        }
        if (!value.isArray() || value.isEmpty() || value.size() > MOST_MODELS) {
            findings.wrong(path, value, "a list of 1 to " + MOST_MODELS + " models, or 'all'");
            return null;
        }
        TreeSet<String> models = new TreeSet<>();
        for (JsonNode model : value) {
            if (!model.isTextual()
                    || model.textValue().isEmpty()
                    || model.textValue().length() > MOST_MODEL_CHARACTERS) {
                findings.wrong(path + "[]", model, "a model id or an alias");
                return null;
            }
            models.add(model.textValue());
        }
        return list(models);
    }

    /** {@code true} for all limits, {@code false} for none, or a list of limit keys. */
    static @Nullable JsonNode shadow(String path, JsonNode value, Findings findings) {
        if (value.isBoolean()) {
            return list(value.booleanValue() ? SHADOWED.keySet() : List.of());
        }
        String expected = "true, false or a list of any of " + String.join(", ", SHADOWED.keySet());
        if (!value.isArray()) {
            findings.wrong(path, value, expected);
            return null;
        }
        TreeSet<String> keys = new TreeSet<>();
        for (JsonNode key : value) {
            if (!key.isTextual() || !SHADOWED.containsKey(key.textValue())) {
                findings.wrong(path + "[]", key, expected);
                return null;
            }
            keys.add(key.textValue());
        }
        return list(keys);
    }

    private static ArrayNode list(Iterable<String> words) {
        TreeSet<String> sorted = new TreeSet<>();
        words.forEach(sorted::add);
        ArrayNode list = Json.object().arrayNode();
        sorted.forEach(list::add);
        return list;
    }
}
