package io.sluice.sinks.relational;

import io.sluice.sinks.aws.Backoff;
import io.sluice.sinks.aws.Jitter;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.postgresql.Driver;

/**
 * Copies rows into PostgreSQL: at least once, never backwards, each one once however often it is
 * sent.
 *
 * <p><b>Key and time.</b> No key. Run it with one subtask: the pool is a subtask's, and one writes
 * tens of thousands of rows a second; more only cost connections. Processing time decides when to
 * write, never what.
 *
 * <p><b>State.</b> {@code writer_raw_states} of Flink: the rows that are not in the mirror, {@link
 * MirrorStateSerializer}; cleared when they are. A checkpoint waits for no write.
 *
 * <p><b>Emits.</b> Nothing; counts rows written and writes failed, and shows what waits and for how
 * long. While PostgreSQL is away the newest version of each row waits; only when they take as many
 * bytes as the settings allow does the job wait for it. Nothing is ever dropped, and no failure of
 * PostgreSQL fails the job.
 *
 * <p><b>On replay.</b> The same rows come again and change nothing.
 */
public final class MirrorSink
        implements Sink<MirrorRow>, SupportsWriterState<MirrorRow, MirrorRow> {
    private static final long serialVersionUID = 1L;
    private static final long GATHER_MILLIS = 1_000;
    private static final int BATCH_ROWS = 500;
    private static final long FIRST_BACKOFF_MILLIS = 200;
    private static final long LAST_BACKOFF_MILLIS = 10_000;

    private final MirrorStore.Factory stores;
    private final MirrorSettings settings;

    MirrorSink(MirrorStore.Factory stores, MirrorSettings settings) {
        this.stores = stores;
        this.settings = settings;
    }

    /** A sink into the databases of these settings. */
    public static MirrorSink into(MirrorSettings settings) {
        return new MirrorSink(() -> new PostgresMirror(settings), settings);
    }

    @Override
    @Deprecated
    public SinkWriter<MirrorRow> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 calls createWriter(WriterInitContext)");
    }

    @Override
    public MirrorWriter createWriter(WriterInitContext context) {
        return restoreWriter(context, List.of());
    }

    @Override
    public MirrorWriter restoreWriter(WriterInitContext context, Collection<MirrorRow> unwritten) {
        // The driver registers itself with the JVM, which would keep every class of the job.
        context.getUserCodeClassLoader()
                .registerReleaseHookIfAbsent("sluice-mirror-driver", MirrorSink::forgetDriver);
        MirrorWriter writer =
                new MirrorWriter(stores.open(), backlog(), settings.backlogBytes(), context);
        writer.restore(unwritten);
        return writer;
    }

    private Backlog backlog() {
        DatabaseBacklog.Limits shared =
                new DatabaseBacklog.Limits(GATHER_MILLIS, BATCH_ROWS, settings.mostConnections());
        DatabaseBacklog.Limits own = new DatabaseBacklog.Limits(GATHER_MILLIS, BATCH_ROWS, 1);
        return new Backlog(
                database -> database.equals(DatabaseName.SHARED) ? shared : own,
                new Backoff(FIRST_BACKOFF_MILLIS, LAST_BACKOFF_MILLIS, Jitter.random()));
    }

    @Override
    public SimpleVersionedSerializer<MirrorRow> getWriterStateSerializer() {
        return new MirrorStateSerializer();
    }

    private static void forgetDriver() {
        try {
            if (Driver.isRegistered()) {
                Driver.deregister();
            }
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException("the driver of PostgreSQL cannot be deregistered", e);
        }
    }
}
