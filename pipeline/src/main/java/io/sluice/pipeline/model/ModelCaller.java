package io.sluice.pipeline.model;

import io.sluice.contract.AmbiguousAction;
import io.sluice.contract.AttemptItem;
import io.sluice.contract.Names;
import io.sluice.contract.ResultItem;
import io.sluice.sinks.aws.Backoff;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has a model answer one request: the attempts, the waits between them, and the priced result of
 * the last. Thread-safe and never blocking.
 */
final class ModelCaller implements AutoCloseable {
    private final ModelClient client;
    private final AttemptLedger ledger;
    private final FinalResults results;
    private final InvokerClock clock;
    private final Backoff backoff;
    private final int maxAttempts;
    private final InvokeMetrics metrics;
    private volatile boolean closed;

    ModelCaller(
            ModelClient client,
            AttemptLedger ledger,
            FinalResults results,
            InvokerClock clock,
            Backoff backoff,
            int maxAttempts,
            InvokeMetrics metrics) {
        this.client = client;
        this.ledger = ledger;
        this.results = results;
        this.clock = clock;
        this.backoff = backoff;
        this.maxAttempts = maxAttempts;
        this.metrics = metrics;
    }

    /** Calls the model; the end hears of the result once. */
    void call(Invocation invocation, Consumer<ResultItem> end) {
        if (!results.canPrice(invocation.admitted().model())) {
            metrics.unpriced();
        }
        attempt(invocation, 1, end);
    }

    /** Whether an earlier run can have taken the request on. */
    boolean mayBeKnown(Invocation invocation) {
        return ledger.mayBeKnown(invocation);
    }

    /**
     * Hears of the answer that an earlier run got for a request which ends without a call of this
     * run; null if there is none. The invocation fails if that cannot be found out.
     */
    void recall(Invocation invocation, Consumer<@Nullable AttemptItem> end) {
        var unused =
                ledger.recall(invocation)
                        .whenComplete(
                                (answered, failure) -> {
                                    if (failure == null) {
                                        end.accept(answered.orElse(null));
                                    } else {
                                        fail(invocation, failure);
                                    }
                                });
    }

    /** What was under way is not stored any more: the next run takes it over. */
    @Override
    public void close() {
        closed = true;
        ledger.close();
        client.close();
    }

    private void attempt(Invocation invocation, int number, Consumer<ResultItem> end) {
        ModelCall call = ModelCall.of(invocation.admitted());
        var unused =
                ledger.make(invocation, number, call, call.model(), () -> client.converse(call))
                        .whenComplete(
                                (attempted, failure) -> {
                                    if (failure == null) {
                                        ended(invocation, number, attempted, end);
                                    } else {
                                        fail(invocation, failure);
                                    }
                                });
    }

    private void ended(
            Invocation invocation, int number, Attempted attempted, Consumer<ResultItem> end) {
        AttemptItem answered = attempted.answered();
        if (answered != null) {
            metrics.answered(clock.millis() - invocation.startedAtMillis());
            end.accept(results.succeeded(invocation, answered));
        } else {
            refused(invocation, number, attempted, end);
        }
    }

    private void refused(
            Invocation invocation, int number, Attempted attempted, Consumer<ResultItem> end) {
        ModelFailure failure = attempted.failure();
        boolean wait = !attempted.replayed();
        long delayMillis = wait ? backoff.delayMillis(number) : 0;
        boolean inTime = clock.millis() + delayMillis < invocation.facts().deadlineAtMillis();
        boolean allowed = mayRepeat(invocation, failure);
        if (allowed && inTime && !closed && !invocation.isConcluded()) {
            metrics.repeated();
            if (wait) {
                clock.after(delayMillis, () -> attempt(invocation, number + 1, end));
            } else {
                attempt(invocation, number + 1, end);
            }
            return;
        }
        boolean late = allowed && failure == ModelFailure.INTERRUPTED;
        String reason = late ? Names.DEADLINE : failure.reason();
        if (attempted.replayed()) {
            recall(invocation, answered -> end.accept(resultOf(invocation, answered, reason)));
        } else {
            end.accept(resultOf(invocation, null, reason));
        }
    }

    private ResultItem resultOf(
            Invocation invocation, @Nullable AttemptItem answered, String reason) {
        if (answered != null) {
            return results.succeeded(invocation, answered);
        }
        metrics.failed();
        return results.failed(invocation, reason, clock.millis());
    }

    private boolean mayRepeat(Invocation invocation, ModelFailure failure) {
        AttemptTally tally = invocation.tally();
        if (tally.attempts() >= AttemptItem.MOST_ATTEMPTS) {
            return false;
        }
        if (failure == ModelFailure.INTERRUPTED) {
            return invocation.facts().policy().ambiguous() == AmbiguousAction.RETRY;
        }
        return failure.repeatable() && tally.attemptsSeenThrough() < maxAttempts;
    }

    private static void fail(Invocation invocation, Throwable failure) {
        invocation
                .completion()
                .failed(
                        new IllegalStateException(
                                "the attempts of "
                                        + invocation.facts().requestId()
                                        + " cannot be recorded, and no call goes unrecorded; correct"
                                        + " the cause, the job goes on from its last checkpoint",
                                failure));
    }
}
