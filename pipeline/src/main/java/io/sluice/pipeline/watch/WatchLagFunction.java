package io.sluice.pipeline.watch;

import io.sluice.contract.Alert;
import io.sluice.contract.Metric;
import io.sluice.pipeline.alert.LagWatch;
import io.sluice.pipeline.enforce.SideOutputs;
import io.sluice.pipeline.enforce.StreamRecord;
import io.sluice.sinks.cloudwatch.MetricSample;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tells when a reader of the stream falls behind. One that reads nothing tells nothing: that is
 * what the stream's own metric of the age of its iterators is for.
 *
 * <p><b>Key and time</b>: none. Lag is measured against processing time, the one rule that is.
 *
 * <p><b>State</b>: none; a restored reader that is behind crosses again, at the same records under
 * the same id.
 *
 * <p><b>Emits</b>: alerts, and the largest lag of each second by {@link SideOutputs#METRICS}.
 *
 * <p><b>On replay</b>: lag is what it is then.
 */
public final class WatchLagFunction extends ProcessFunction<StreamRecord, Alert> {
    private static final long serialVersionUID = 1;
    private static final long SAMPLE_MILLIS = 1_000;

    private final String stream;
    private final long lineMillis;

    @SuppressWarnings("NullAway.Init")
    private transient LagWatch watch;

    private transient long largestMillis;
    private transient long nextSampleMillis;

    /** Watches that stream; more than {@code lineMillis} is behind. */
    public WatchLagFunction(String stream, long lineMillis) {
        this.stream = stream;
        this.lineMillis = lineMillis;
    }

    @Override
    public void open(OpenContext context) {
        watch = new LagWatch(stream, lineMillis);
    }

    @Override
    public void processElement(StreamRecord record, Context context, Collector<Alert> out) {
        long nowMillis = context.timerService().currentProcessingTime();
        largestMillis = Math.max(largestMillis, nowMillis - record.arrivedAtMillis());
        if (nowMillis >= nextSampleMillis) {
            context.output(
                    SideOutputs.METRICS,
                    MetricSample.of(Metric.STREAM_LAG, nowMillis, largestMillis, stream));
            nextSampleMillis = nowMillis + SAMPLE_MILLIS;
            largestMillis = 0;
        }
        Alert alert = watch.observe(record.arrivedAtMillis(), nowMillis);
        if (alert != null) {
            out.collect(alert);
        }
    }
}
