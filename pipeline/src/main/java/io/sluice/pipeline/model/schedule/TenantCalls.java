package io.sluice.pipeline.model.schedule;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** A tenant with calls running or waiting. */
final class TenantCalls<C> {
    final String id;
    final Map<Lane, TenantLine<C>> lines = new EnumMap<>(Lane.class);
    int maxConcurrent;
    int weight = 1;

    /** Calls that run, in both lanes. */
    int running;

    TenantCalls(String id) {
        this.id = id;
    }

    Collection<TenantLine<C>> lines() {
        return lines.values();
    }

    boolean isWaiting() {
        return lines().stream().anyMatch(line -> !line.waiting.isEmpty());
    }

    /**
     * Whether the tenant's own bound lets a call of that rank run. The lanes share that bound, so
     * an interactive call leaves the last place to a bulk call that is due before it; otherwise
     * bulk work of a tenant at its bound would wait for ever.
     */
    boolean mayStart(Lane lane, long rankMillis) {
        TenantLine<C> bulk = lane == Lane.BULK ? null : lines.get(Lane.BULK);
        boolean owed =
                bulk != null
                        && !bulk.waiting.isEmpty()
                        && bulk.waiting.first().rankMillis < rankMillis;
        return running + (owed ? 1 : 0) < maxConcurrent;
    }

    /** Whether the line's next call may run. */
    boolean mayStart(TargetLine<C> line) {
        return !line.isEmpty() && mayStart(line.line.lane.lane, line.head().rankMillis);
    }
}
