package io.sluice.pipeline.model.schedule;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What the targets of one subtask bear, by key. A target stays from its first call on: there are as
 * many as models, regions and tiers in the policy. Not thread-safe.
 */
final class TargetCapacities {
    private final Function<String, TargetCapacity> unused;
    private final Map<String, TargetCapacity> seen = new HashMap<>();

    TargetCapacities(Function<String, TargetCapacity> unused) {
        this.unused = unused;
    }

    TargetCapacity of(String key) {
        return seen.computeIfAbsent(key, unused);
    }
}
