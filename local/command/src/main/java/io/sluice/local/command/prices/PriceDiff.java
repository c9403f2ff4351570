package io.sluice.local.command.prices;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.PriceBook;
import io.sluice.contract.PriceRow;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.PriceRowJson;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two price books, by model, scope and the day from which a price is valid.
 */
public final class PriceDiff {
    private static final Set<String> NO_PRICE = Set.of("model", "scopes", "from");

    private final PriceBook old;
    private final PriceBook next;
    private final List<Change> changes = new ArrayList<>();

    private PriceDiff(PriceBook old, PriceBook next) {
        this.old = old;
        this.next = next;
    }

    /** The changes that make one book the other. */
    public static PriceDiff of(PriceBook old, PriceBook next) {
        PriceDiff diff = new PriceDiff(old, next);
        diff.compare(entries(old), entries(next));
        return diff;
    }

    /** Whether both say the same. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** A line for each change. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append("old ").append(old.version()).append('\n');
        text.append("new ").append(next.version()).append('\n');
        changes.forEach(change -> text.append(change.text()).append('\n'));
        return text.toString();
    }

    /** The same for programs. */
    public ObjectNode json() {
        ObjectNode view = Json.object().put("old", old.version()).put("new", next.version());
        ArrayNode list = view.putArray("changes");
        changes.forEach(change -> list.add(change.json()));
        return view;
    }

    private void compare(
            Map<String, Map<String, String>> before, Map<String, Map<String, String>> after) {
        TreeSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        for (String key : keys) {
            Map<String, String> were = before.getOrDefault(key, Map.of());
            Map<String, String> are = after.getOrDefault(key, Map.of());
            if (!were.equals(are)) {
                String kind = were.isEmpty() ? "added" : are.isEmpty() ? "removed" : "changed";
                changes.add(new Change(kind, key, were, are));
            }
        }
    }

    /** Prices by name, by what they are the prices of. */
    private static Map<String, Map<String, String>> entries(PriceBook book) {
        Map<String, Map<String, String>> entries = new TreeMap<>();
        for (PriceRow row : book.rows()) {
            Map<String, String> prices = new TreeMap<>();
            for (Map.Entry<String, JsonNode> field : PriceRowJson.write(row).properties()) {
                if (!NO_PRICE.contains(field.getKey())) {
                    flatten(field.getKey(), field.getValue(), prices);
                }
            }
            for (String scope : row.scopes()) {
                entries.put(
                        row.modelId() + " in " + scope + " from " + PriceView.from(row), prices);
            }
        }
        book.applicationProfiles()
                .forEach((arn, model) -> entries.put(arn, Map.of("stands for", model)));
        return entries;
    }

    private static void flatten(String name, JsonNode value, Map<String, String> prices) {
        if (value.isTextual()) {
            prices.put(name, value.textValue());
        } else if (value.isObject()) {
            value.properties().forEach(e -> flatten(name + "." + e.getKey(), e.getValue(), prices));
        } else {
            for (JsonNode step : value) {
                String above = name + " above " + step.get("above_input_tokens").asText();
                flatten(above, step, prices);
            }
        }
    }

    /** One change. */
    private record Change(
            String kind, String subject, Map<String, String> before, Map<String, String> after) {
        String text() {
            List<String> words = new ArrayList<>();
            for (String name : names()) {
                String was = before.get(name);
                String is = after.get(name);
                if (was == null || is == null) {
                    words.add(
                            name
                                    + " "
                                    + (was == null ? is : was)
                                    + (wholly() ? "" : " " + gone(is)));
                } else {
                    String percent = percent(was, is);
                    words.add(
                            name
                                    + " "
                                    + was
                                    + " -> "
                                    + is
                                    + (percent == null ? "" : " (" + percent + " %)"));
                }
            }
            return kind + " " + subject + ": " + String.join(", ", words);
        }

        ObjectNode json() {
            ObjectNode view = Json.object().put("change", kind).put("subject", subject);
            ObjectNode fields = view.putObject("prices");
            for (String name : names()) {
                ObjectNode field = fields.putObject(name);
                String was = before.get(name);
                String is = after.get(name);
                if (was != null) {
                    field.put("old", was);
                }
                if (is != null) {
                    field.put("new", is);
                }
                String percent = was == null || is == null ? null : percent(was, is);
                if (percent != null) {
                    field.put("percent", percent);
                }
            }
            return view;
        }

        private boolean wholly() {
            return before.isEmpty() || after.isEmpty();
        }

        private static String gone(@Nullable String is) {
            return is == null ? "removed" : "added";
        }

        /** The names of what differs, in alphabetical order. */
        private List<String> names() {
            TreeSet<String> names = new TreeSet<>(before.keySet());
            names.addAll(after.keySet());
            names.removeIf(
                    name -> before.containsKey(name) && before.get(name).equals(after.get(name)));
            return List.copyOf(names);
        }

        /** By how much a price rose, to one place; null if that cannot be said. */
        private static @Nullable String percent(String was, String is) {
            try {
                BigDecimal from = new BigDecimal(was);
                BigDecimal rise = new BigDecimal(is).subtract(from).movePointRight(2);
                if (from.signum() == 0) {
                    return null;
                }
                BigDecimal percent = rise.divide(from, 1, RoundingMode.HALF_UP);
                return (percent.signum() > 0 ? "+" : "") + percent.toPlainString();
            } catch (NumberFormatException e) {
                return null;
            }
        }
    }
}
