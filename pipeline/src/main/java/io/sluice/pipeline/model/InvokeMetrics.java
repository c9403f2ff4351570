package io.sluice.pipeline.model;

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
    private final Counter shed;
    private final Counter deadlinePassed;
    private final Counter repeats;
    private final Counter adopted;
    private final Counter storeFailures;
    private final Histogram latencyMillis;

    InvokeMetrics(MetricGroup group, CallScheduler<?> scheduler) {
        answered = group.counter("callsAnswered", new ThreadSafeSimpleCounter());
        failed = group.counter("callsFailed", new ThreadSafeSimpleCounter());
        shed = group.counter("callsShed", new ThreadSafeSimpleCounter());
        deadlinePassed = group.counter("callsPastDeadline", new ThreadSafeSimpleCounter());
        repeats = group.counter("callsRepeated", new ThreadSafeSimpleCounter());
        adopted = group.counter("resultsAdopted", new ThreadSafeSimpleCounter());
        storeFailures = group.counter("resultStoreFailures", new ThreadSafeSimpleCounter());
        latencyMillis =
                group.histogram(
                        "bedrockLatencyMillis", new DescriptiveStatisticsHistogram(SAMPLES));
        group.gauge("callsInFlight", scheduler::running);
        group.gauge("callsQueued", scheduler::waiting);
        group.gauge("callsQueuedBytes", scheduler::waitingBytes);
    }

    void answered(long millis) {
        answered.inc();
        latencyMillis.update(millis);
    }

    void failed() {
        failed.inc();
    }

    void shed() {
        shed.inc();
    }

    void deadlinePassed() {
        deadlinePassed.inc();
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
