package io.sluice.pipeline.model;

import io.sluice.pipeline.model.schedule.CallScheduler;
import io.sluice.pipeline.model.schedule.Lane;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** What one lane counts, under {@code lane.<lane>} of the invoker's metric group. Thread-safe. */
final class LaneMetrics {
    private static final int SAMPLES = 1_000;

    private final Counter shed;
    private final Counter deadlinePassed;
    private final Histogram queueWaitMillis;

    LaneMetrics(MetricGroup invoker, Lane lane, CallScheduler<?> scheduler) {
        MetricGroup group = invoker.addGroup("lane", lane.label());
        shed = group.counter("callsShed", new ThreadSafeSimpleCounter());
        deadlinePassed = group.counter("callsPastDeadline", new ThreadSafeSimpleCounter());
        queueWaitMillis =
                group.histogram("queueWaitMillis", new DescriptiveStatisticsHistogram(SAMPLES));
        group.gauge("callsInFlight", () -> scheduler.running(lane));
        group.gauge("callsInFlightBytes", () -> scheduler.runningBytes(lane));
        group.gauge("callsQueued", () -> scheduler.waiting(lane));
        group.gauge("callsQueuedBytes", () -> scheduler.waitingBytes(lane));
    }

    void started(long waitedMillis) {
        queueWaitMillis.update(waitedMillis);
    }

    void shed() {
        shed.inc();
    }

    void deadlinePassed() {
        deadlinePassed.inc();
    }
}
