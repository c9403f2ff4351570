package io.sluice.sinks.versioned;

import io.sluice.contract.VersionedItem;
import io.sluice.sinks.aws.AwsFailures;
import io.sluice.sinks.aws.Backoff;
import io.sluice.sinks.aws.FailureKind;
import io.sluice.sinks.aws.StoreException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes items, each at most once in the time that the settings say and never twice at once.
 *
 * <p>All state is touched by the task's thread alone: answers of the store and timers arrive
 * through the mailbox. When the buffer is full, {@link #write} yields to the mailbox until there is
 * room. What the store has not acknowledged is in the checkpoint instead of being awaited by it: a
 * checkpoint that waited for sixty writes held up the whole chain for a quarter of a second.
 */
final class VersionedWriter<T extends VersionedItem> implements StatefulSinkWriter<T, T> {
    private static final Logger LOG = LoggerFactory.getLogger(VersionedWriter.class);

    private final VersionedSink.Settings settings;
    private final String name;
    private final VersionedStore<T> store;
    private final MailboxExecutor mailbox;
    private final ProcessingTimeService timers;
    private final Backoff backoff;
    private final VersionedBuffer<T> buffer;
    private final Counter sent;
    private final Counter outdated;
    private final Counter failures;
    private long timerAtMillis = Long.MAX_VALUE;

    VersionedWriter(
            VersionedSink.Settings settings,
            String name,
            VersionedStore<T> store,
            MailboxExecutor mailbox,
            ProcessingTimeService timers,
            SinkWriterMetricGroup metrics,
            Backoff backoff,
            Collection<T> unwritten) {
        this.settings = settings;
        this.name = name;
        this.store = store;
        this.mailbox = mailbox;
        this.timers = timers;
        this.backoff = backoff;
        this.buffer = new VersionedBuffer<>(settings.coalesceMillis());
        this.sent = metrics.getNumRecordsSendCounter();
        this.outdated = metrics.counter(name + "WritesOutdated");
        this.failures = metrics.getNumRecordsSendErrorsCounter();
        metrics.gauge(name + "WritesWaiting", buffer::size);
        metrics.gauge(name + "WritesInFlight", buffer::inFlight);
        unwritten.forEach(item -> buffer.offer(item, timers.getCurrentProcessingTime()));
        arm();
    }

    @Override
    public void write(T item, @Nullable Context context) throws InterruptedException {
        while (buffer.size() >= settings.maxItems() && !buffer.holdsKeyOf(item)) {
            drainOnce();
        }
        buffer.stopDraining();
        buffer.offer(item, timers.getCurrentProcessingTime());
        pump();
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        while (endOfInput && buffer.size() > 0) {
            drainOnce();
        }
        buffer.stopDraining();
    }

    @Override
    public List<T> snapshotState(long checkpointId) {
        return buffer.unacknowledged();
    }

    @Override
    public void close() {
        store.close();
    }

    private void drainOnce() throws InterruptedException {
        buffer.startDraining(timers.getCurrentProcessingTime());
        pump();
        mailbox.yield();
    }

    private void pump() {
        long nowMillis = timers.getCurrentProcessingTime();
        while (buffer.inFlight() < settings.maxInFlight()) {
            T item = buffer.poll(nowMillis);
            if (item == null) {
                break;
            }
            send(item);
        }
        arm();
    }

    private void send(T item) {
        var unused =
                store.putIfNewer(item)
                        .whenComplete(
                                (written, failure) ->
                                        mailbox.execute(
                                                () -> ended(item, written, failure),
                                                "a write of " + name + " ended"));
    }

    private void ended(T item, @Nullable Boolean written, @Nullable Throwable failure) {
        long nowMillis = timers.getCurrentProcessingTime();
        if (failure == null) {
            (Boolean.TRUE.equals(written) ? sent : outdated).inc();
            buffer.acknowledged(item, nowMillis);
        } else {
            failures.inc();
            buffer.failed(item, nowMillis + retryAfterMillis(item, AwsFailures.unwrapped(failure)));
        }
        pump();
    }

    /** Milliseconds to wait; throws, which fails the job, if waiting does not help. */
    private long retryAfterMillis(T item, Throwable failure) {
        boolean mayPass =
                failure instanceof StoreException
                        && ((StoreException) failure).kind() == FailureKind.RETRY;
        if (!mayPass) {
            LOG.error("{} cannot be stored, the job stops: {}", name, failure.getMessage());
            throw new IllegalStateException(
                    name
                            + " of "
                            + item.tenantId()
                            + " cannot be stored and must not be lost; correct the cause, the job"
                            + " goes on from its last checkpoint",
                    failure);
        }
        int attempt = buffer.failuresOf(item);
        LOG.debug("Write of {} failed, attempt {}: {}", name, attempt, failure.getMessage());
        return backoff.delayMillis(attempt);
    }

    /**
     * Keeps one timer at the earliest time something is due; a later one it replaces fires idly.
     */
    private void arm() {
        long dueAtMillis = buffer.nextDueAtMillis();
        boolean full = buffer.inFlight() >= settings.maxInFlight();
        if (!full && dueAtMillis < timerAtMillis) {
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
