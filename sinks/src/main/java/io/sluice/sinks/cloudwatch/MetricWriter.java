package io.sluice.sinks.cloudwatch;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds samples up and hands them to the {@link MetricBatchWriter} every few seconds. While that one
 * is behind, samples go on adding up here. Touched by the task's thread alone; never waits.
 */
final class MetricWriter
        implements StatefulSinkWriter<MetricSample, BufferedRequestState<MetricBatch>> {
    private static final Logger LOG = LoggerFactory.getLogger(MetricWriter.class);

    /** CloudWatch takes what is up to two weeks old and up to two hours ahead. */
    private static final long OLDEST_MILLIS = 14L * 24 * 3600 * 1000;

    private static final long NEWEST_MILLIS = 2L * 3600 * 1000;

    private final CloudWatchSink.Settings settings;
    private final ProcessingTimeService timers;
    private final MetricAggregator aggregator;
    private final TenantCap cap;
    private final Counter dropped;
    private final MetricBatchWriter batches;
    private boolean armed;
    private long droppedSinceLastWarning;

    MetricWriter(CloudWatchSink.Settings settings, MetricStore store, WriterInitContext context) {
        this.settings = settings;
        this.timers = context.getProcessingTimeService();
        this.aggregator = new MetricAggregator(settings.maxSets());
        this.cap = new TenantCap(settings.topTenants());
        this.dropped = context.metricGroup().counter("metricSamplesDropped");
        this.batches = new MetricBatchWriter(store, settings.maxBatches(), dropped, context);
        context.metricGroup().gauge("metricBatchesPending", batches::pending);
    }

    /** Sends what an earlier run left. */
    void restore(Collection<BufferedRequestState<MetricBatch>> state)
            throws IOException, InterruptedException {
        for (BufferedRequestState<MetricBatch> part : state) {
            for (RequestEntryWrapper<MetricBatch> entry : part.getBufferedRequestEntries()) {
                batches.send(entry.getRequestEntry());
            }
        }
    }

    @Override
    public void write(MetricSample sample, @Nullable Context context) {
        long ageMillis = timers.getCurrentProcessingTime() - sample.minuteMillis();
        if (ageMillis > OLDEST_MILLIS || ageMillis < -NEWEST_MILLIS) {
            drop(1);
        } else {
            drop(aggregator.add(sample));
        }
        arm();
    }

    /** Waits only at the end of all input; a checkpoint takes the unsent into its state. */
    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        if (endOfInput) {
            forward(Integer.MAX_VALUE);
            batches.flush(true);
        }
    }

    @Override
    public List<BufferedRequestState<MetricBatch>> snapshotState(long checkpointId) {
        List<BufferedRequestState<MetricBatch>> state = batches.snapshotState(checkpointId);
        state.add(MetricBatchWriter.stateOf(MetricBatch.of(cap.applyTo(aggregator.peek()))));
        return state;
    }

    @Override
    public void close() {
        batches.close();
    }

    private void arm() {
        if (!armed) {
            armed = true;
            var unused =
                    timers.registerTimer(
                            timers.getCurrentProcessingTime() + settings.flushMillis(),
                            this::onTimer);
        }
    }

    private void onTimer(long atMillis) throws IOException, InterruptedException {
        armed = false;
        forward(settings.maxBatches());
        if (aggregator.size() > 0) {
            arm();
        }
        if (droppedSinceLastWarning > 0) {
            LOG.warn("Dropped {} metric samples: too old or no room", droppedSinceLastWarning);
            droppedSinceLastWarning = 0;
        }
    }

    private void forward(int maxBatches) throws IOException, InterruptedException {
        for (MetricBatch batch : MetricBatch.of(cap.applyTo(aggregator.drain()))) {
            if (batches.pending() < maxBatches) {
                batches.send(batch);
            } else {
                batch.sets().forEach(set -> drop(aggregator.add(set)));
            }
        }
    }

    private void drop(long samples) {
        dropped.inc(samples);
        droppedSinceLastWarning += samples;
    }
}
