package io.sluice.sinks.versioned;

import io.sluice.contract.VersionedItem;
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
 * Puts items into a table: at least once, never backwards.
 *
 * <p><b>Key and time.</b> Key the stream by tenant, or two subtasks write the same items (which
 * costs writes, not correctness). Processing time decides when to write, never what.
 *
 * <p><b>State.</b> {@code writer_raw_states} of Flink: the items that are not written yet, at most
 * the settings' number; cleared when they are. So a checkpoint waits for no write.
 *
 * <p><b>Emits.</b> Nothing; counts writes, outdated writes and failures.
 *
 * <p><b>On replay.</b> The same versions are put again and found outdated. After a rescale a
 * restored item may be with another subtask than its tenant; the version decides.
 */
public final class VersionedSink<T extends VersionedItem>
        implements Sink<T>, SupportsWriterState<T, T> {
    private static final long serialVersionUID = 1L;
    private static final long FIRST_BACKOFF_MILLIS = 100;
    private static final long LAST_BACKOFF_MILLIS = 5_000;

    private final VersionedStore.Factory<T> stores;
    private final ItemForm<T> form;
    private final Settings settings;

    /** A sink of items of that form into these stores. */
    public VersionedSink(VersionedStore.Factory<T> stores, ItemForm<T> form, Settings settings) {
        this.stores = stores;
        this.form = form;
        this.settings = settings;
    }

    @Override
    @Deprecated
    public SinkWriter<T> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 calls createWriter(WriterInitContext)");
    }

    @Override
    public VersionedWriter<T> createWriter(WriterInitContext context) {
        return restoreWriter(context, List.of());
    }

    @Override
    public VersionedWriter<T> restoreWriter(WriterInitContext context, Collection<T> unwritten) {
        return new VersionedWriter<>(
                settings,
                form.name(),
                stores.open(settings.maxInFlight()),
                context.getMailboxExecutor(),
                context.getProcessingTimeService(),
                context.metricGroup(),
                new Backoff(FIRST_BACKOFF_MILLIS, LAST_BACKOFF_MILLIS, Jitter.random()),
                unwritten);
    }

    @Override
    public SimpleVersionedSerializer<T> getWriterStateSerializer() {
        return new UnwrittenItemSerializer<>(form);
    }

    /** The bounds of one subtask. Immutable. */
    public static final class Settings implements Serializable {
        private static final long serialVersionUID = 1L;

        private final long coalesceMillis;
        private final int maxInFlight;
        private final int maxItems;

        /**
         * @param coalesceMillis how long an item waits for newer versions
         * @param maxInFlight writes at once
         * @param maxItems items that wait or are being written; more make the job wait
         */
        public Settings(long coalesceMillis, int maxInFlight, int maxItems) {
            if (coalesceMillis < 0 || maxInFlight < 1 || maxItems < 1) {
                throw new IllegalArgumentException(
                        "versioned sink: expected coalesceMillis >= 0, maxInFlight >= 1, maxItems >= 1;"
                                + " seen "
                                + coalesceMillis
                                + ", "
                                + maxInFlight
                                + ", "
                                + maxItems);
            }
            this.coalesceMillis = coalesceMillis;
            this.maxInFlight = maxInFlight;
            this.maxItems = maxItems;
        }

        /** How long an item waits for newer versions. */
        public long coalesceMillis() {
            return coalesceMillis;
        }

        /** Writes at once. */
        public int maxInFlight() {
            return maxInFlight;
        }

        /** Items that wait or are being written. */
        public int maxItems() {
            return maxItems;
        }
    }
}
