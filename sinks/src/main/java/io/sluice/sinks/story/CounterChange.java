package io.sluice.sinks.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A counter that a transition moved, or the tenant's clock. Immutable. */
public final class CounterChange {
    private static final Map<String, String> COUNTERS =
            Map.of(
                    "clock_millis", "the tenant's clock",
                    "minute_requests", "requests in the last 60 s",
                    "minute_tokens", "tokens in the last 60 s",
                    "day_requests", "requests today",
                    "day_spent_pico_usd", "spent today",
                    "month_spent_pico_usd", "spent this month",
                    "held_pico_usd", "held for open calls",
                    "pending", "requests that have not ended");

    private final String name;
    private final String before;
    private final String after;

    private CounterChange(String name, String before, String after) {
        this.name = name;
        this.before = before;
        this.after = after;
    }

    /** Those of a record's counters that are not what they were. */
    static List<CounterChange> between(JsonNode before, JsonNode after) {
        List<CounterChange> changes = new ArrayList<>();
        after.properties()
                .forEach(
                        field -> {
                            String name = field.getKey();
                            JsonNode was = before.path(name);
                            if (!was.equals(field.getValue())) {
                                changes.add(
                                        new CounterChange(
                                                name,
                                                Amounts.of(name, was),
                                                Amounts.of(name, field.getValue())));
                            }
                        });
        return changes;
    }

    /** Its name in records. */
    public String name() {
        return name;
    }

    /** What it counts, in words. */
    public String words() {
        return COUNTERS.getOrDefault(name, name);
    }

    /** What it was, with its unit. */
    public String before() {
        return before;
    }

    /** What it became, with its unit. */
    public String after() {
        return after;
    }
}
