package io.sluice.sinks.cloudwatch;

import io.sluice.sinks.aws.AwsAccess;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Sends metrics to CloudWatch as statistic sets per metric, dimensions and minute, on Flink's async
 * sink writer. For people and alarms, never the ledger: CloudWatch adds what it is sent twice.
 *
 * <p><b>Key and time.</b> No key needed; the cap on tenants holds per subtask. The sample's own
 * time names its minute; processing time decides when to send.
 *
 * <p><b>State.</b> Batches not yet acknowledged, {@link MetricStateSerializer}; cleared when sent
 * or dropped.
 *
 * <p><b>Emits.</b> Nothing; counts dropped samples. A failure of CloudWatch neither fails the job
 * nor makes it or its checkpoints wait.
 *
 * <p><b>On replay.</b> What was sent after the checkpoint is sent, and added, again.
 */
public final class CloudWatchSink
        implements Sink<MetricSample>,
                SupportsWriterState<MetricSample, BufferedRequestState<MetricBatch>> {
    private static final long serialVersionUID = 1L;

    private final MetricStore.Factory stores;
    private final Settings settings;

    CloudWatchSink(MetricStore.Factory stores, Settings settings) {
        this.stores = stores;
        this.settings = settings;
    }

    /** A sink into that namespace. */
    public static CloudWatchSink into(AwsAccess access, String namespace, Settings settings) {
        return new CloudWatchSink(CloudWatchMetricStore.in(access, namespace), settings);
    }

    @Override
    @Deprecated
    public SinkWriter<MetricSample> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 calls createWriter(WriterInitContext)");
    }

    @Override
    public SinkWriter<MetricSample> createWriter(WriterInitContext context) {
        return new MetricWriter(settings, stores.open(), context);
    }

    @Override
    public StatefulSinkWriter<MetricSample, BufferedRequestState<MetricBatch>> restoreWriter(
            WriterInitContext context, Collection<BufferedRequestState<MetricBatch>> state)
            throws IOException {
        MetricWriter writer = new MetricWriter(settings, stores.open(), context);
        try {
            writer.restore(state);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while restoring unsent metrics");
        }
        return writer;
    }

    @Override
    public SimpleVersionedSerializer<BufferedRequestState<MetricBatch>> getWriterStateSerializer() {
        return new MetricStateSerializer();
    }

    /** The bounds of one subtask. Immutable. */
    public static final class Settings implements Serializable {
        private static final long serialVersionUID = 1L;
        private static final long FLUSH_MILLIS = 10_000;
        private static final int MAX_SETS = 20_000;
        private static final int MAX_BATCHES = 32;

        private final int topTenants;
        private final long flushMillis;
        private final int maxSets;
        private final int maxBatches;

        Settings(int topTenants, long flushMillis, int maxSets, int maxBatches) {
            this.topTenants = topTenants;
            this.flushMillis = flushMillis;
            this.maxSets = maxSets;
            this.maxBatches = maxBatches;
        }

        /** Every 10 s, up to 20,000 statistic sets; {@code topTenants} per minute kept apart. */
        public static Settings keepingApart(int topTenants) {
            if (topTenants < 0) {
                throw new IllegalArgumentException(
                        "top.tenants is " + topTenants + ", expected 0 or more");
            }
            return new Settings(topTenants, FLUSH_MILLIS, MAX_SETS, MAX_BATCHES);
        }

        int topTenants() {
            return topTenants;
        }

        long flushMillis() {
            return flushMillis;
        }

        int maxSets() {
            return maxSets;
        }

        int maxBatches() {
            return maxBatches;
        }
    }
}
