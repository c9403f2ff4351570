package io.sluice.ingress.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.sluice.contract.UsageItem;
import io.sluice.contract.json.Json;
import io.sluice.ingress.usage.UsageSum;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Usage kept apart by a name: the dearest first, equal cost by requests, then name; beyond a number
 * of names the rest is added up. Not thread-safe.
 */
final class Breakdown {
    /** A name and what was used under it. */
    record Part(String name, UsageSum sum) {}

    private final Function<UsageItem, String> nameOf;
    private final Map<String, UsageSum> sums = new HashMap<>();

    Breakdown(Function<UsageItem, String> nameOf) {
        this.nameOf = nameOf;
    }

    Breakdown addAll(Iterable<UsageItem> items) {
        items.forEach(
                item ->
                        sums.computeIfAbsent(nameOf.apply(item), name -> new UsageSum())
                                .add(item.counts()));
        return this;
    }

    /** How many names there are. */
    int size() {
        return sums.size();
    }

    /** All parts in order. */
    List<Part> parts() {
        return sums.entrySet().stream()
                .map(e -> new Part(e.getKey(), e.getValue()))
                .sorted(
                        Comparator.comparing((Part p) -> p.sum().costPicoUsd())
                                .thenComparing(p -> p.sum().requests())
                                .reversed()
                                .thenComparing(Part::name))
                .toList();
    }

    /** The names of the first parts. */
    List<String> first(int most) {
        return parts().stream().limit(most).map(Part::name).toList();
    }

    /** Rows of the first parts, and one without a name for all others if there are any. */
    ArrayNode rows(int most) {
        ArrayNode rows = Json.object().arrayNode();
        List<Part> parts = new ArrayList<>(parts());
        parts.stream()
                .limit(most)
                .forEach(p -> rows.add(p.sum().writeTo(Json.object().put("name", p.name()))));
        if (parts.size() > most) {
            UsageSum others = new UsageSum();
            parts.stream().skip(most).forEach(p -> others.add(p.sum()));
            rows.add(others.writeTo(Json.object().putNull("name")));
        }
        return rows;
    }
}
