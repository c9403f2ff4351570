package io.sluice.pipeline.alert;

import io.sluice.contract.AlertKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Models without a price that a tenant used this UTC day: each crosses once a day. A bounded number
 * is kept apart; further ones only show in the metric.
 */
final class UnpricedWatch {
    private static final long DAY_MILLIS = 86_400_000;
    private static final int MOST_MODELS = 20;

    private long day;
    private final List<String> models;

    UnpricedWatch(Longs from, List<String> models) {
        this.day = from.next();
        this.models = new ArrayList<>(models);
    }

    void observe(Observation seen, Raise raise) {
        long today = Math.floorDiv(seen.atMillis(), DAY_MILLIS);
        if (today > day) {
            day = today;
            models.clear();
        }
        if (seen.unpriced() && models.size() < MOST_MODELS && !models.contains(seen.model())) {
            models.add(seen.model());
            raise.alert(AlertKind.UNPRICED_MODEL, seen.model(), Map.of("model", seen.model()));
        }
    }

    List<String> models() {
        return List.copyOf(models);
    }

    void write(Longs to) {
        to.add(day);
    }
}
