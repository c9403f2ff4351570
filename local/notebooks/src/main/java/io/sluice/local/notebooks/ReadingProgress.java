package io.sluice.local.notebooks;

import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * What Flink's metrics tell of the job that runs in this process: how far the Kinesis source is
 * behind, shard by shard, whether a table is still being scanned, and how many records have moved.
 * There is one per process, because Flink makes reporters itself; one job runs at a time.
 * Thread-safe.
 */
public final class ReadingProgress implements MetricReporter {
    private static final Set<Gauge<?>> BEHIND = ConcurrentHashMap.newKeySet();
    private static final Set<Counter> MOVED = ConcurrentHashMap.newKeySet();

    /** Counters of sources that end by themselves; Flink takes them away when they have ended. */
    private static final Set<Counter> SCANS = ConcurrentHashMap.newKeySet();

    ReadingProgress() {}

    /** Forgets what is left of an earlier job. */
    static void begin() {
        BEHIND.clear();
        MOVED.clear();
        SCANS.clear();
    }

    /**
     * Whether no table is being scanned, and every shard that the source knows was read to its end
     * at the last look. A page of a table may take longer than any pause on the stream: who stops
     * meanwhile loses the rest of the table.
     */
    static boolean atTheEnd() {
        return SCANS.isEmpty()
                && !BEHIND.isEmpty()
                && BEHIND.stream().allMatch(gauge -> Long.valueOf(0).equals(gauge.getValue()));
    }

    /** Records that went into or out of any operator; grows while there is work. */
    static long moved() {
        return MOVED.stream().mapToLong(Counter::getCount).sum();
    }

    @Override
    public void open(MetricConfig config) {
        // Nothing to set.
    }

    @Override
    public void close() {
        // What is registered goes with its job.
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        if (metric instanceof Gauge && name.equals("millisBehindLatest")) {
            BEHIND.add((Gauge<?>) metric);
        } else if (metric instanceof Counter && name.startsWith("numRecords")) {
            MOVED.add((Counter) metric);
        } else if (metric instanceof Counter && name.equals("numSplitsProcessed")) {
            SCANS.add((Counter) metric);
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        if (metric instanceof Gauge) {
            BEHIND.remove(metric);
        } else if (metric instanceof Counter) {
            MOVED.remove(metric);
            SCANS.remove(metric);
        }
    }

    /** Makes the reporter; found by Flink through {@code META-INF/services}. */
    public static final class Factory implements MetricReporterFactory {
        /** For the service loader. */
        public Factory() {}

        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            return new ReadingProgress();
        }
    }
}
