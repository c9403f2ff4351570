package io.sluice.pipeline.model;

import io.sluice.pipeline.model.schedule.CallScheduler;
import io.sluice.pipeline.model.schedule.Lane;
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
    private final Counter retriesRefused;
    private final Counter stale;
    private final Counter cheaper;
    private final Counter unavailable;
    private final Counter adopted;
    private final Counter storeFailures;
    private final Counter attemptsReused;
    private final Counter attemptsInterrupted;
    private final Counter attemptStoreFailures;
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
        retriesRefused = group.counter("retriesRefused", new ThreadSafeSimpleCounter());
        stale = group.counter("answersStale", new ThreadSafeSimpleCounter());
        cheaper = group.counter("callsOfCheaperModels", new ThreadSafeSimpleCounter());
        unavailable = group.counter("callsUnavailable", new ThreadSafeSimpleCounter());
        adopted = group.counter("resultsAdopted", new ThreadSafeSimpleCounter());
        storeFailures = group.counter("resultStoreFailures", new ThreadSafeSimpleCounter());
        attemptsReused = group.counter("attemptsReused", new ThreadSafeSimpleCounter());
        attemptsInterrupted = group.counter("attemptsInterrupted", new ThreadSafeSimpleCounter());
        attemptStoreFailures = group.counter("attemptStoreFailures", new ThreadSafeSimpleCounter());
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

    /** The budget allowed no attempt after an error. */
    void retryRefused() {
        retriesRefused.inc();
    }

    void stale() {
        stale.inc();
    }

    void cheaper() {
        cheaper.inc();
    }

    /** No target was left to call. */
    void unavailable() {
        unavailable.inc();
    }

    /** Shows the state of a new circuit: 0 closed, 1 half-open, 2 open. */
    static void circuit(MetricGroup group, String placeKey, Circuit circuit) {
        group.addGroup("target", placeKey).gauge("breakerState", circuit::state);
    }

    void adopted() {
        adopted.inc();
    }

    void storeFailed() {
        storeFailures.inc();
    }

    /** The end of an attempt was found that an earlier run had stored. */
    void attemptReused() {
        attemptsReused.inc();
    }

    /** An attempt was taken over from a run that had not stored its end. */
    void attemptInterrupted() {
        attemptsInterrupted.inc();
    }

    void attemptStoreFailed() {
        attemptStoreFailures.inc();
    }
}
