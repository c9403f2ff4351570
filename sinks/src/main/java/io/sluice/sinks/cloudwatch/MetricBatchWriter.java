package io.sluice.sinks.cloudwatch;

import io.sluice.sinks.aws.AwsFailures;
import io.sluice.sinks.aws.FailureKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriter;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.apache.flink.connector.base.sink.writer.ResultHandler;
import org.apache.flink.connector.base.sink.writer.config.AsyncSinkWriterConfiguration;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends batches, one per call, a few calls at once. A batch that failed too often, or that
 * CloudWatch will never take, is dropped and counted: metrics never fail the job.
 *
 * <p>A checkpoint does not wait for calls under way; they are part of the state, and after a crash
 * are sent (and counted) again.
 */
final class MetricBatchWriter extends AsyncSinkWriter<MetricBatch, MetricBatch> {
    private static final Logger LOG = LoggerFactory.getLogger(MetricBatchWriter.class);
    private static final int MAX_ATTEMPTS = 5;
    private static final int CALLS_IN_FLIGHT = 4;

    /** Nothing here waits in the buffer for others, so its timer has nothing to do. */
    private static final long BUFFER_TIMER_MILLIS = 24L * 3600 * 1000;

    private final MetricStore store;
    private final MailboxExecutor mailbox;
    private final Counter dropped;
    private final Counter sent;

    /** Batches in the hands of the store; touched by the task's thread alone. */
    private final Set<MetricBatch> inFlight = new LinkedHashSet<>();

    private int pending;

    MetricBatchWriter(
            MetricStore store, int maxBatches, Counter dropped, WriterInitContext context) {
        super(
                (batch, ignored) -> batch,
                context,
                AsyncSinkWriterConfiguration.builder()
                        .setMaxBatchSize(1)
                        .setMaxBatchSizeInBytes(2 * MetricBatch.MAX_BYTES)
                        .setMaxInFlightRequests(CALLS_IN_FLIGHT)
                        .setMaxBufferedRequests(Integer.MAX_VALUE)
                        .setMaxTimeInBufferMS(BUFFER_TIMER_MILLIS)
                        .setMaxRecordSizeInBytes(2 * MetricBatch.MAX_BYTES)
                        .build(),
                List.of());
        this.store = store;
        this.mailbox = context.getMailboxExecutor();
        this.dropped = dropped;
        this.sent = context.metricGroup().counter("metricBatchesSent");
    }

    /** Takes a batch over; never waits. */
    void send(MetricBatch batch) throws java.io.IOException, InterruptedException {
        pending++;
        write(batch, null);
    }

    /** Batches taken over that are neither sent nor dropped. */
    int pending() {
        return pending;
    }

    @Override
    protected void submitRequestEntries(
            List<MetricBatch> batches, ResultHandler<MetricBatch> result) {
        for (MetricBatch batch : batches) {
            inFlight.add(batch);
            var unused =
                    store.put(batch)
                            .whenComplete(
                                    (nothing, failure) ->
                                            mailbox.execute(
                                                    () -> ended(batch, failure, result),
                                                    "metric batch ended"));
        }
    }

    @Override
    protected long getSizeInBytes(MetricBatch batch) {
        return batch.bytes();
    }

    /** What is waiting and what is under way. */
    @Override
    public List<BufferedRequestState<MetricBatch>> snapshotState(long checkpointId) {
        List<BufferedRequestState<MetricBatch>> state =
                new ArrayList<>(super.snapshotState(checkpointId));
        state.add(stateOf(inFlight));
        return state;
    }

    @Override
    public void close() {
        super.close();
        store.close();
    }

    static BufferedRequestState<MetricBatch> stateOf(Iterable<MetricBatch> batches) {
        List<RequestEntryWrapper<MetricBatch>> entries = new ArrayList<>();
        for (MetricBatch batch : batches) {
            entries.add(new RequestEntryWrapper<>(batch, batch.bytes()));
        }
        return new BufferedRequestState<>(entries);
    }

    private void ended(
            MetricBatch batch, @Nullable Throwable failure, ResultHandler<MetricBatch> result) {
        inFlight.remove(batch);
        if (failure == null) {
            pending--;
            sent.inc();
            result.complete();
            return;
        }
        Throwable cause = AwsFailures.unwrapped(failure);
        boolean again =
                AwsFailures.kindOf(cause) == FailureKind.RETRY
                        && batch.attempts() + 1 < MAX_ATTEMPTS;
        if (again) {
            result.retryForEntries(List.of(batch.failedOnceMore()));
        } else {
            pending--;
            dropped.inc(batch.samples());
            LOG.warn(
                    "Dropped {} metric samples after {} attempts: {}",
                    batch.samples(),
                    batch.attempts() + 1,
                    cause.getMessage());
            result.complete();
        }
    }
}
