package io.sluice.sinks.usage;

import io.sluice.contract.UsageItem;
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
 * Writes usage windows, each at most once per half second and never twice at the same time.
 *
 * <p>All state is touched by the task's thread alone: answers of the store and timers arrive
 * through the mailbox. When the buffer is full, {@link #write} yields to the mailbox until there is
 * room. What the store has not acknowledged is in the checkpoint instead of being awaited by it: a
 * checkpoint that waited for sixty writes held up the whole chain for a quarter of a second.
 */
final class UsageWriter implements StatefulSinkWriter<UsageItem, UsageItem> {
    private static final Logger LOG = LoggerFactory.getLogger(UsageWriter.class);

    private final UsageSink.Settings settings;
    private final UsageStore store;
    private final MailboxExecutor mailbox;
    private final ProcessingTimeService timers;
    private final Backoff backoff;
    private final UsageBuffer buffer;
    private final Counter sent;
    private final Counter outdated;
    private final Counter failures;
    private long timerAtMillis = Long.MAX_VALUE;

    UsageWriter(
            UsageSink.Settings settings,
            UsageStore store,
            MailboxExecutor mailbox,
            ProcessingTimeService timers,
            SinkWriterMetricGroup metrics,
            Backoff backoff,
            Collection<UsageItem> unwritten) {
        this.settings = settings;
        this.store = store;
        this.mailbox = mailbox;
        this.timers = timers;
        this.backoff = backoff;
        this.buffer = new UsageBuffer(settings.coalesceMillis());
        this.sent = metrics.getNumRecordsSendCounter();
        this.outdated = metrics.counter("usageWritesOutdated");
        this.failures = metrics.getNumRecordsSendErrorsCounter();
        metrics.gauge("usageWindowsWaiting", buffer::size);
        metrics.gauge("usageWritesInFlight", buffer::inFlight);
        unwritten.forEach(item -> buffer.offer(item, timers.getCurrentProcessingTime()));
        arm();
    }

    @Override
    public void write(UsageItem item, @Nullable Context context) throws InterruptedException {
        while (buffer.size() >= settings.maxWindows() && !buffer.holdsWindowOf(item)) {
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
    public List<UsageItem> snapshotState(long checkpointId) {
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
            UsageItem item = buffer.poll(nowMillis);
            if (item == null) {
                break;
            }
            send(item);
        }
        arm();
    }

    private void send(UsageItem item) {
        var unused =
                store.putIfNewer(item)
                        .whenComplete(
                                (written, failure) ->
                                        mailbox.execute(
                                                () -> ended(item, written, failure),
                                                "usage write ended"));
    }

    private void ended(UsageItem item, @Nullable Boolean written, @Nullable Throwable failure) {
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
    private long retryAfterMillis(UsageItem item, Throwable failure) {
        boolean mayPass =
                failure instanceof StoreException
                        && ((StoreException) failure).kind() == FailureKind.RETRY;
        if (!mayPass) {
            LOG.error("Usage cannot be stored, the job stops: {}", failure.getMessage());
            throw new IllegalStateException(
                    "usage of "
                            + item.tenantId()
                            + " cannot be stored and must not be lost; correct the cause, the job"
                            + " goes on from its last checkpoint",
                    failure);
        }
        int attempt = buffer.failuresOf(item);
        LOG.debug("Usage write failed, attempt {}: {}", attempt, failure.getMessage());
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
