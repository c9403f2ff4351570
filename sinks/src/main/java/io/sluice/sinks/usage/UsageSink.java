package io.sluice.sinks.usage;

import io.sluice.contract.UsageItem;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.aws.Backoff;
import io.sluice.sinks.aws.Jitter;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Puts usage windows into a table: at least once, never backwards.
 *
 * <p><b>Key and time.</b> Key the stream by tenant, or two subtasks write the same windows (which
 * costs writes, not correctness). Processing time decides when to write, never what.
 *
 * <p><b>State.</b> {@code writer_raw_states} of Flink: the windows that are not written yet, at
 * most the settings' number; cleared when they are. So a checkpoint waits for no write.
 *
 * <p><b>Emits.</b> Nothing; counts writes, outdated writes and failures.
 *
 * <p><b>On replay.</b> The same versions are put again and found outdated; counts are absolute, so
 * nothing is added twice. After a rescale a restored window may be with another subtask than its
 * tenant; the version decides.
 */
public final class UsageSink implements Sink<UsageItem>, SupportsWriterState<UsageItem, UsageItem> {
    private static final long serialVersionUID = 1L;
    private static final long FIRST_BACKOFF_MILLIS = 100;
    private static final long LAST_BACKOFF_MILLIS = 5_000;

    private final UsageStore.Factory stores;
    private final Settings settings;

    /** A sink into these stores. */
    public UsageSink(UsageStore.Factory stores, Settings settings) {
        this.stores = stores;
        this.settings = settings;
    }

    /** A sink into that DynamoDB table, with the default settings. */
    public static UsageSink into(AwsAccess access, String table) {
        return new UsageSink(DynamoDbUsageStore.in(access, table), Settings.DEFAULT);
    }

    @Override
    @Deprecated
    public SinkWriter<UsageItem> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 calls createWriter(WriterInitContext)");
    }

    @Override
    public UsageWriter createWriter(WriterInitContext context) {
        return restoreWriter(context, List.of());
    }

    @Override
    public UsageWriter restoreWriter(WriterInitContext context, Collection<UsageItem> unwritten) {
        return new UsageWriter(
                settings,
                stores.open(settings.maxInFlight()),
                context.getMailboxExecutor(),
                context.getProcessingTimeService(),
                context.metricGroup(),
                new Backoff(FIRST_BACKOFF_MILLIS, LAST_BACKOFF_MILLIS, Jitter.random()),
                unwritten);
    }

    @Override
    public SimpleVersionedSerializer<UsageItem> getWriterStateSerializer() {
        return new UsageItemSerializer();
    }

    /** The bounds of one subtask. Immutable. */
    public static final class Settings implements Serializable {
        private static final long serialVersionUID = 1L;

        /** 500 ms, 8 writes at once, 20,000 windows. */
        public static final Settings DEFAULT = new Settings(500, 8, 20_000);

        private final long coalesceMillis;
        private final int maxInFlight;
        private final int maxWindows;

        /**
         * @param coalesceMillis how long a window waits for newer counts
         * @param maxInFlight writes at once
         * @param maxWindows windows that wait or are being written; more make the job wait
         */
        public Settings(long coalesceMillis, int maxInFlight, int maxWindows) {
            if (coalesceMillis < 0 || maxInFlight < 1 || maxWindows < 1) {
                throw new IllegalArgumentException(
                        "usage sink: expected coalesceMillis >= 0, maxInFlight >= 1, maxWindows >= 1;"
                                + " seen "
                                + coalesceMillis
                                + ", "
                                + maxInFlight
                                + ", "
                                + maxWindows);
            }
            this.coalesceMillis = coalesceMillis;
            this.maxInFlight = maxInFlight;
            this.maxWindows = maxWindows;
        }

        /** How long a window waits for newer counts. */
        public long coalesceMillis() {
            return coalesceMillis;
        }

        /** Writes at once. */
        public int maxInFlight() {
            return maxInFlight;
        }

        /** Windows that wait or are being written. */
        public int maxWindows() {
            return maxWindows;
        }
    }
}
