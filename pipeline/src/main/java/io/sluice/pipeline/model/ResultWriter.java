package io.sluice.pipeline.model;

import io.sluice.contract.ResultItem;
import io.sluice.sinks.aws.AwsFailures;
import io.sluice.sinks.aws.Backoff;
import io.sluice.sinks.aws.FailureKind;
import io.sluice.sinks.aws.StoreException;
import io.sluice.sinks.result.ResultStore;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts final results before anything else hears of them, and goes on until the store has answered.
 * Whichever result stands becomes the outcome. Thread-safe, never blocks.
 */
final class ResultWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResultWriter.class);
    private static final int WARN_EVERY = 10;

    private final ResultStore store;
    private final InvokerClock clock;
    private final Backoff backoff;
    private final InvokeMetrics metrics;
    private volatile boolean closed;

    ResultWriter(ResultStore store, InvokerClock clock, Backoff backoff, InvokeMetrics metrics) {
        this.store = store;
        this.clock = clock;
        this.backoff = backoff;
        this.metrics = metrics;
    }

    /** Stores the result of a concluded invocation and completes it. */
    void write(Invocation invocation, ResultItem item) {
        put(invocation, item, 1);
    }

    @Override
    public void close() {
        closed = true;
        store.close();
    }

    private void put(Invocation invocation, ResultItem item, int attempt) {
        if (closed) {
            return; // the record is in the operator's state and comes again
        }
        CompletableFuture<ResultItem> answer;
        try {
            answer = store.putFinal(item);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        var unused =
                answer.whenComplete(
                        (standing, failure) -> {
                            if (failure == null) {
                                complete(invocation, item, standing);
                            } else {
                                again(invocation, item, attempt, AwsFailures.unwrapped(failure));
                            }
                        });
    }

    private void complete(Invocation invocation, ResultItem item, ResultItem standing) {
        if (!standing.equals(item)) {
            metrics.adopted();
        }
        try {
            invocation.completion().done(FinalResults.outcome(invocation.admitted(), standing));
        } catch (RuntimeException e) {
            invocation.completion().failed(e);
        }
    }

    private void again(Invocation invocation, ResultItem item, int attempt, Throwable failure) {
        metrics.storeFailed();
        FailureKind kind =
                failure instanceof StoreException
                        ? ((StoreException) failure).kind()
                        : FailureKind.FATAL;
        if (kind == FailureKind.RETRY) {
            if (attempt % WARN_EVERY == 0) {
                LOG.warn("Still not stored, attempt {}: {}", attempt, failure.getMessage());
            }
            clock.after(backoff.delayMillis(attempt), () -> put(invocation, item, attempt + 1));
        } else if (kind == FailureKind.POISON && item.output() != null) {
            LOG.warn("Stored without its answer: {}", failure.getMessage());
            put(invocation, FinalResults.withoutOutput(item), 1);
        } else {
            LOG.error("No result can be stored, the job stops: {}", failure.getMessage());
            fail(invocation, failure);
        }
    }

    private static void fail(Invocation invocation, @Nullable Throwable failure) {
        invocation
                .completion()
                .failed(
                        new IllegalStateException(
                                "the result of "
                                        + invocation.facts().requestId()
                                        + " cannot be stored and must not be lost; correct the"
                                        + " cause, the job goes on from its last checkpoint",
                                failure));
    }
}
