package io.sluice.pipeline.model;

import io.sluice.pipeline.model.schedule.CallScheduler;
import io.sluice.pipeline.model.schedule.TargetCapacity;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.apache.flink.metrics.MetricGroup;

/**
 * What each target bears and does, under {@code target.<key>} of the invoker's metric group: a
 * group for each target that a call was made for, up to a bound. Thread-safe.
 */
final class TargetMetrics {
    private static final int MOST_TARGETS = 100;

    private final MetricGroup invoker;
    private final CallScheduler<?> scheduler;
    private final LongSupplier clock;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    TargetMetrics(MetricGroup invoker, CallScheduler<?> scheduler, LongSupplier clock) {
        this.invoker = invoker;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /** A call is for that target. */
    void seen(String target) {
        if (!known.contains(target) && known.size() < MOST_TARGETS && known.add(target)) {
            MetricGroup group = invoker.addGroup("target", target);
            gauge(group, "callsAtOnceLimit", target, TargetCapacity::limit);
            gauge(group, "callsInFlight", target, TargetCapacity::running);
            gauge(group, "callsThrottled", target, TargetCapacity::throttled);
            gauge(group, "tokensLeft", target, c -> c.tokensLeft(clock.getAsLong()));
            gauge(group, "requestsLeft", target, c -> c.requestsLeft(clock.getAsLong()));
            group.gauge("callsQueued", () -> scheduler.waitingFor(target));
        }
    }

    private void gauge(
            MetricGroup group, String name, String target, ToLongFunction<TargetCapacity> figure) {
        group.gauge(name, () -> scheduler.of(target, figure::applyAsLong));
    }
}
