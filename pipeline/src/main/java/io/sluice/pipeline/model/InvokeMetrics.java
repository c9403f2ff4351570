package io.sluice.pipeline.model;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** What the invoker counts, on Flink's metric group. Thread-safe. */
final class InvokeMetrics {
    private static final int SAMPLES = 1_000;

    private final Counter answered;
    private final Counter failed;
    private final Counter withdrawn;
    private final Counter unpriced;
    private final Counter repeats;
    private final Counter adopted;
    private final Counter storeFailures;
    private final Histogram latencyMillis;
    private final TargetMetrics targets;
    private final Map<Lane, LaneMetrics> lanes = new EnumMap<>(Lane.class);

    InvokeMetrics(MetricGroup group, CallScheduler<?> scheduler, LongSupplier clock) {
        targets = new TargetMetrics(group, scheduler, clock);
        answered = group.counter("callsAnswered", new ThreadSafeSimpleCounter());
        failed = group.counter("callsFailed", new ThreadSafeSimpleCounter());
        withdrawn = group.counter("callsWithdrawn", new ThreadSafeSimpleCounter());
        unpriced = group.counter("callsUnpriced", new ThreadSafeSimpleCounter());
        repeats = group.counter("callsRepeated", new ThreadSafeSimpleCounter());
        adopted = group.counter("resultsAdopted", new ThreadSafeSimpleCounter());
        storeFailures = group.counter("resultStoreFailures", new ThreadSafeSimpleCounter());
        latencyMillis =
                group.histogram(
                        "bedrockLatencyMillis", new DescriptiveStatisticsHistogram(SAMPLES));
        for (Lane lane : Lane.values()) {
            lanes.put(lane, new LaneMetrics(group, lane, scheduler));
        }
    }

    void answered(long millis) {
        answered.inc();
        latencyMillis.update(millis);
    }

    void failed() {
        failed.inc();
    }

    void withdrawn() {
        withdrawn.inc();
    }

    void unpriced() {
        unpriced.inc();
    }

    TargetMetrics targets() {
        return targets;
    }

    LaneMetrics lane(Lane lane) {
        return Objects.requireNonNull(lanes.get(lane));
    }

    void repeated() {
        repeats.inc();
    }

    void adopted() {
        adopted.inc();
    }

    void storeFailed() {
        storeFailures.inc();
    }
}
