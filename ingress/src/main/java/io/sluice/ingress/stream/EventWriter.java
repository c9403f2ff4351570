package io.sluice.ingress.stream;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.problem.ProblemException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends events to the stream and acknowledges each when it is stored. A record that was appended
 * after another was acknowledged is stored after it, because acknowledgement follows storage.
 *
 * <p>Sends at once when nothing is in flight and the last call's pause is over; otherwise gathers
 * records until both are so, the linger time is over or a batch is full. The pause after a call
 * grows with the records that it carried: a trickle never waits, and under load few large calls
 * take the place of many small ones, each of which costs what tens of records cost. Records that
 * failed are retried one by one, until their deadline. A retry may store a record twice; readers
 * tell by the event id. Thread-safe; never blocks but in {@link #close()}.
 */
@Singleton
public final class EventWriter {
    private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);
    private static final long CLOSE_SECONDS = 12;

    /** A pause mostly ends long before it must. */
    private static final long MOST_RETRY_SECONDS = 3;

    private final PutRecords stream;
    private final WriterSettings settings;
    private final WritePauses pauses;
    private final Ticker ticker;
    private final CallPace pace; // guarded by this
    private final IntToLongFunction backoffMillis;
    private final WriterTimer timer = new WriterTimer();
    private final DistributionSummary batchSizes;
    private final Counter retries;

    // Guarded by this.
    private final ArrayDeque<PendingRecord> queue = new ArrayDeque<>();
    private long queuedBytes;
    private int pendingRecords;
    private long pendingBytes;
    private int callsInFlight;
    private boolean waking;
    private long wakeAtNanos;

    @Inject
    EventWriter(
            PutRecords stream,
            WriterSettings settings,
            WritePauses pauses,
            Ticker ticker,
            MeterRegistry meters) {
        this(stream, settings, pauses, ticker, meters, new Backoff());
    }

    EventWriter(
            PutRecords stream,
            WriterSettings settings,
            WritePauses pauses,
            Ticker ticker,
            MeterRegistry meters,
            IntToLongFunction backoffMillis) {
        this.pauses = pauses;
        this.stream = stream;
        this.settings = settings;
        this.ticker = ticker;
        this.pace = new CallPace(settings, ticker.read());
        this.backoffMillis = backoffMillis;
        this.batchSizes = meters.summary("sluice.writer.batch.records");
        this.retries = meters.counter("sluice.writer.retried.records");
        meters.gauge("sluice.writer.pending.records", this, EventWriter::pending);
    }

    /**
     * Appends a record. Completes when it is stored; fails with a {@code 503} problem if there is
     * no room for it, if writes pause, or if its deadline passed, in which case it may still have
     * been stored.
     */
    public CompletableFuture<Void> append(StreamRecord record) {
        long pauseMillis = pauses.leftMillis();
        if (pauseMillis > 0) {
            return CompletableFuture.failedFuture(paused(pauseMillis));
        }
        PendingRecord pending = new PendingRecord(record);
        synchronized (this) {
            if (pendingRecords >= settings.pendingRecords()
                    || pendingBytes + record.weight() > settings.pendingBytes()) {
                return CompletableFuture.failedFuture(
                        Problem.busy("Too many requests are waiting to be stored.", 1)
                                .asException());
            }
            pendingRecords++;
            pendingBytes += record.weight();
            queue.addLast(pending);
            queuedBytes += record.weight();
        }
        CompletableFuture<Void> answer =
                pending.stored()
                        .orTimeout(settings.deadline().toMillis(), TimeUnit.MILLISECONDS)
                        .whenComplete((done, failure) -> forget(record))
                        .exceptionallyCompose(EventWriter::asProblem);
        send();
        return answer;
    }

    /** Throws the {@code 503} problem of a pause if writes pause now. */
    void refusePaused() {
        long pauseMillis = pauses.leftMillis();
        if (pauseMillis > 0) {
            throw paused(pauseMillis);
        }
    }

    private static ProblemException paused(long leftMillis) {
        long seconds = Math.min(MOST_RETRY_SECONDS, 1 + leftMillis / 1_000);
        return Problem.busy("The stream is being resharded; nothing was stored.", seconds)
                .asException();
    }

    /** Records that are not acknowledged yet. */
    public synchronized int pending() {
        return pendingRecords;
    }

    /** Waits until everything pending is acknowledged or given up, at most a deadline long. */
    @PreDestroy
    public void close() throws InterruptedException {
        long waitedMillis = 0;
        synchronized (this) {
            while (pendingRecords > 0 && waitedMillis < CLOSE_SECONDS * 1_000) {
                wait(100);
                waitedMillis += 100;
            }
        }
        timer.stop();
    }

    private synchronized void forget(StreamRecord record) {
        pendingRecords--;
        pendingBytes -= record.weight();
        notifyAll();
    }

    /** Makes the calls that are due. */
    @SuppressWarnings("FutureReturnValueIgnored") // settle handles both outcomes
    private void send() {
        for (List<PendingRecord> batch = take(); batch != null; batch = take()) {
            List<PendingRecord> sent = batch;
            batchSizes.record(sent.size());
            call(sent.stream().map(PendingRecord::record).toList())
                    .whenComplete((codes, failure) -> settle(sent, codes, failure));
        }
    }

    private CompletableFuture<List<@Nullable String>> call(List<StreamRecord> records) {
        try {
            return stream.put(records);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private synchronized @Nullable List<PendingRecord> take() {
        if (queue.isEmpty() || callsInFlight >= settings.callsInFlight()) {
            return null;
        }
        long nowNanos = ticker.read();
        long dueAtNanos = pace.nextCallAtNanos(callsInFlight > 0);
        if (!isFull() && nowNanos - dueAtNanos < 0) {
            wakeAt(dueAtNanos, nowNanos);
            return null;
        }
        List<PendingRecord> batch = new ArrayList<>();
        long bytes = 0;
        while (!queue.isEmpty() && batch.size() < settings.batchRecords()) {
            int weight = queue.getFirst().record().weight();
            if (!batch.isEmpty() && bytes + weight > settings.batchBytes()) {
                break;
            }
            PendingRecord next = queue.removeFirst();
            queuedBytes -= weight;
            if (!next.stored().isDone()) { // its deadline may have passed
                batch.add(next);
                bytes += weight;
            }
        }
        if (batch.isEmpty()) {
            return null;
        }
        callsInFlight++;
        pace.called(nowNanos, batch.size());
        return batch;
    }

    /**
     * Sends then at the latest; a later time that was set before comes as well and does no harm.
     */
    private void wakeAt(long nanos, long nowNanos) {
        if (waking && nanos - wakeAtNanos >= 0) {
            return;
        }
        waking = true;
        wakeAtNanos = nanos;
        timer.later(this::woken, nanos - nowNanos);
    }

    private boolean isFull() {
        return queue.size() >= settings.batchRecords() || queuedBytes >= settings.batchBytes();
    }

    private void woken() {
        synchronized (this) {
            waking = false;
        }
        send();
    }

    private void settle(
            List<PendingRecord> batch,
            @Nullable List<@Nullable String> codes,
            @Nullable Throwable failure) {
        synchronized (this) {
            callsInFlight--;
        }
        if (failure != null && !stream.isTransient(failure)) {
            LOG.error("the stream refused {} records", batch.size(), failure);
            batch.forEach(r -> r.stored().completeExceptionally(failure));
        } else if (codes == null) {
            LOG.warn(
                    "a call with {} records failed and is made again: {}",
                    batch.size(),
                    String.valueOf(failure));
            batch.forEach(this::retry);
        } else {
            for (int i = 0; i < batch.size(); i++) {
                if (codes.get(i) == null) {
                    batch.get(i).stored().complete(null);
                } else {
                    LOG.debug("a record failed with {}", codes.get(i));
                    retry(batch.get(i));
                }
            }
        }
        send();
    }

    private void retry(PendingRecord record) {
        retries.increment();
        timer.later(
                () -> requeue(record),
                TimeUnit.MILLISECONDS.toNanos(backoffMillis.applyAsLong(record.fail())));
    }

    private void requeue(PendingRecord record) {
        synchronized (this) {
            queue.addFirst(record);
            queuedBytes += record.record().weight();
        }
        send();
    }

    private static CompletableFuture<Void> asProblem(Throwable failure) {
        return CompletableFuture.failedFuture(
                Problem.busy(
                                "The stream did not take the request in time; it may or may not"
                                        + " have been stored. Try again.",
                                1)
                        .asException());
    }
}
