package io.sluice.sinks.relational;

import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.metrics.MetricGroup;

/** How far the mirror is behind, as the task last saw it; read by reporters' threads. */
final class MirrorMetrics {
    private volatile int rows;
    private volatile int refused;
    private volatile long bytes;
    private volatile long oldestSinceMillis = Long.MAX_VALUE;

    MirrorMetrics(MetricGroup group, ProcessingTimeService time) {
        group.gauge("mirrorRowsWaiting", () -> rows);
        group.gauge("mirrorRowsRefused", () -> refused);
        group.gauge("mirrorBytesWaiting", () -> bytes);
        group.gauge(
                "mirrorOldestUnwrittenMillis",
                () -> Math.max(0, time.getCurrentProcessingTime() - oldestSinceMillis));
    }

    void show(Backlog backlog) {
        rows = backlog.rows();
        refused = backlog.refusedRows();
        bytes = backlog.bytes();
        oldestSinceMillis = backlog.oldestSinceMillis();
    }
}
