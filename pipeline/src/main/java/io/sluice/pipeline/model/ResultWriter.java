package io.sluice.pipeline.model;

import io.sluice.contract.RequestFacts;
import io.sluice.contract.ResultItem;
import io.sluice.pipeline.enforce.CallEnd;
import io.sluice.sinks.aws.AwsFailures;
import io.sluice.sinks.aws.Backoff;
import io.sluice.sinks.aws.FailureKind;
import io.sluice.sinks.aws.StoreException;
import io.sluice.sinks.result.ResultStore;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts final results before anything else hears of them, and goes on until the store has answered.
 * Whichever result stands becomes the outcome. The store bounds how many puts run at once, and
 * tenants take turns there. Thread-safe, never blocks.
 */
final class ResultWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResultWriter.class);
    private static final int WARN_EVERY = 10;

    private final ResultStore store;
    private final InvokerClock clock;
    private final Backoff backoff;
    private final InvokeMetrics metrics;
    private final PersistentCalls reads;
    private volatile boolean closed;

    ResultWriter(ResultStore store, InvokerClock clock, Backoff backoff, InvokeMetrics metrics) {
        this.store = store;
        this.clock = clock;
        this.backoff = backoff;
        this.metrics = metrics;
        this.reads = new PersistentCalls(clock, backoff, metrics::storeFailed);
    }

    /** Stores the result of a concluded invocation, completes it, and runs what comes after. */
    void write(Invocation invocation, ResultItem item, Runnable afterwards) {
        put(new Put(invocation, item, 1, afterwards));
    }

    /**
     * Hears of the result that stands already; null if there is none. The invocation fails if that
     * cannot be found out.
     */
    void standing(Invocation invocation, Consumer<@Nullable ResultItem> then) {
        RequestFacts facts = invocation.facts();
        var unused =
                reads.untilAnswered(
                                () ->
                                        store.find(
                                                facts.tenantId(),
                                                facts.requestId(),
                                                facts.policy().isolation()))
                        .whenComplete(
                                (found, failure) -> {
                                    if (failure == null) {
                                        then.accept(found.orElse(null));
                                    } else {
                                        fail(invocation, failure);
                                    }
                                });
    }

    @Override
    public void close() {
        closed = true;
        reads.close();
        store.close();
    }

    private void put(Put put) {
        if (closed) {
            return; // the record is in the operator's state and comes again
        }
        CompletableFuture<ResultItem> answer;
        try {
            answer = store.putFinal(put.item);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        var unused =
                answer.whenComplete(
                        (standing, failure) -> {
                            if (failure == null) {
                                complete(put, standing);
                            } else {
                                again(put, AwsFailures.unwrapped(failure));
                            }
                        });
    }

    private void complete(Put put, ResultItem standing) {
        if (!standing.equals(put.item)) {
            metrics.adopted();
        }
        Invocation invocation = put.invocation;
        try {
            invocation
                    .completion()
                    .done(
                            CallEnd.of(
                                            FinalResults.outcome(invocation.admitted(), standing),
                                            CallLetters.of(invocation, standing))
                                    .standing(standing));
        } catch (RuntimeException e) {
            invocation.completion().failed(e);
        }
        put.afterwards.run();
    }

    private void again(Put put, Throwable failure) {
        if (closed) {
            return;
        }
        metrics.storeFailed();
        FailureKind kind =
                failure instanceof StoreException
                        ? ((StoreException) failure).kind()
                        : FailureKind.FATAL;
        if (kind == FailureKind.RETRY) {
            if (put.attempt % WARN_EVERY == 0) {
                LOG.warn("Still not stored, attempt {}: {}", put.attempt, failure.getMessage());
            }
            clock.after(
                    backoff.delayMillis(put.attempt), () -> put(put.of(put.item, put.attempt + 1)));
        } else if (kind == FailureKind.POISON && put.item.output() != null) {
            LOG.warn("Stored without its answer: {}", failure.getMessage());
            put(put.of(FinalResults.withoutOutput(put.item), 1));
        } else {
            LOG.error("No result can be stored, the job stops: {}", failure.getMessage());
            fail(put.invocation, failure);
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

    /** One put of a result; the attempt counts from 1. */
    private static final class Put {
        private final Invocation invocation;
        private final ResultItem item;
        private final int attempt;
        private final Runnable afterwards;

        private Put(Invocation invocation, ResultItem item, int attempt, Runnable afterwards) {
            this.invocation = invocation;
            this.item = item;
            this.attempt = attempt;
            this.afterwards = afterwards;
        }

        private Put of(ResultItem other, int nextAttempt) {
            return new Put(invocation, other, nextAttempt, afterwards);
        }
    }
}
