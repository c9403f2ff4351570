package io.sluice.sinks.relational;

import io.sluice.sinks.aws.AwsFailures;
import java.util.List;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes rows in batches and tries for ever. What is not in the mirror is in the checkpoint, so
 * neither records nor checkpoints wait for PostgreSQL, until the backlog is as large as it may be:
 * then {@link #write} waits, and the job with it.
 *
 * <p>All state is touched by the task's thread alone: ends of writes and timers arrive through the
 * mailbox. One line is logged when a database goes away and one when it is back.
 */
final class MirrorWriter implements StatefulSinkWriter<MirrorRow, MirrorRow> {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorWriter.class);

    private final MirrorStore store;
    private final Backlog backlog;
    private final long mostBytes;
    private final MailboxExecutor mailbox;
    private final ProcessingTimeService timers;
    private final MirrorMetrics metrics;
    private final Counter sent;
    private final Counter failures;
    private long timerAtMillis = Long.MAX_VALUE;

    MirrorWriter(MirrorStore store, Backlog backlog, long mostBytes, WriterInitContext context) {
        this.store = store;
        this.backlog = backlog;
        this.mostBytes = mostBytes;
        this.mailbox = context.getMailboxExecutor();
        this.timers = context.getProcessingTimeService();
        this.metrics = new MirrorMetrics(context.metricGroup(), timers);
        this.sent = context.metricGroup().getNumRecordsSendCounter();
        this.failures = context.metricGroup().getNumRecordsSendErrorsCounter();
    }

    /** Takes in what an earlier run had not written. */
    void restore(Iterable<MirrorRow> unwritten) {
        unwritten.forEach(this::take);
        metrics.show(backlog);
    }

    @Override
    public void write(MirrorRow row, @Nullable Context context) throws InterruptedException {
        while (backlog.bytes() >= mostBytes && !backlog.holdsKeyOf(row)) {
            drainOnce();
        }
        take(row);
    }

    @Override
    public void flush(boolean endOfInput) throws InterruptedException {
        while (endOfInput && backlog.rows() > 0) {
            drainOnce();
        }
    }

    @Override
    public List<MirrorRow> snapshotState(long checkpointId) {
        return backlog.unwritten();
    }

    @Override
    public void close() {
        store.close();
    }

    private void take(MirrorRow row) {
        arm(backlog.offer(row, timers.getCurrentProcessingTime()));
    }

    private void drainOnce() throws InterruptedException {
        backlog.hurry(timers.getCurrentProcessingTime());
        pump();
        mailbox.yield();
    }

    private void pump() {
        long nowMillis = timers.getCurrentProcessingTime();
        for (Batch batch = backlog.poll(nowMillis);
                batch != null;
                batch = backlog.poll(nowMillis)) {
            send(batch);
        }
        metrics.show(backlog);
        arm(backlog.nextDueAtMillis());
    }

    private void send(Batch batch) {
        var unused =
                store.write(batch.database(), batch.rows())
                        .whenComplete(
                                (done, failure) ->
                                        mailbox.execute(
                                                () -> ended(batch, failure),
                                                "a write of the mirror ended"));
    }

    private void ended(Batch batch, @Nullable Throwable failure) {
        long nowMillis = timers.getCurrentProcessingTime();
        if (failure == null) {
            sent.inc(batch.rows().size());
            int failed = backlog.written(batch, nowMillis);
            if (failed > 0) {
                LOG.info("{} is written again, after {} tries", shown(batch), failed);
            }
        } else {
            failures.inc(batch.rows().size());
            failed(batch, AwsFailures.unwrapped(failure), nowMillis);
        }
        pump();
    }

    private void failed(Batch batch, Throwable cause, long nowMillis) {
        if (MirrorException.isRefusal(cause)) {
            if (batch.rows().size() == 1) {
                LOG.warn(
                        "{} refuses a row of {} of tenant {}; it is kept and tried again, others go"
                                + " on: {}",
                        shown(batch),
                        batch.rows().get(0).table(),
                        batch.rows().get(0).tenantId(),
                        cause.getMessage());
            }
            backlog.refused(batch, nowMillis);
        } else if (backlog.failed(batch, nowMillis)) {
            LOG.warn(
                    "{} cannot be written; rows wait and are tried again, the job goes on: {}",
                    shown(batch),
                    cause.getMessage());
        }
    }

    private static String shown(Batch batch) {
        return batch.database().isEmpty()
                ? "The mirror's shared database"
                : "The mirror's database " + batch.database();
    }

    /** Keeps one timer at the earliest time; a later one it replaces fires idly. */
    private void arm(long dueAtMillis) {
        if (dueAtMillis < timerAtMillis) {
            timerAtMillis = dueAtMillis;
            var unused = timers.registerTimer(dueAtMillis, this::onTimer);
        }
    }

    private void onTimer(long atMillis) {
        if (atMillis >= timerAtMillis) {
            timerAtMillis = Long.MAX_VALUE;
        }
        pump();
    }
}
