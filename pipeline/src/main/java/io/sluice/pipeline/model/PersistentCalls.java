package io.sluice.pipeline.model;

import io.sluice.sinks.aws.AwsFailures;
import io.sluice.sinks.aws.Backoff;
import io.sluice.sinks.aws.FailureKind;
import io.sluice.sinks.aws.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats an operation of a store until the store has answered, with pauses from the repeat's
 * number alone. Only for operations that repeat without effect. Thread-safe, never blocks.
 */
final class PersistentCalls {
    private static final Logger LOG = LoggerFactory.getLogger(PersistentCalls.class);
    private static final int WARN_EVERY = 10;

    private final InvokerClock clock;
    private final Backoff backoff;
    private final Runnable onFailure;
    private volatile boolean closed;

    /** {@code onFailure} hears of each failure, for counting. */
    PersistentCalls(InvokerClock clock, Backoff backoff, Runnable onFailure) {
        this.clock = clock;
        this.backoff = backoff;
        this.onFailure = onFailure;
    }

    /**
     * Completes with the operation's answer. Fails, with a {@link StoreException} where there is
     * one, if repeating is no use. Never completes after {@link #close}: what was under way is in
     * the operator's state and comes again.
     */
    <T> CompletableFuture<T> untilAnswered(Supplier<CompletableFuture<T>> operation) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        call(operation, answer, 1);
        return answer;
    }

    /** Starts nothing any more, and lets nobody hear of what is under way. */
    void close() {
        closed = true;
    }

    private <T> void call(
            Supplier<CompletableFuture<T>> operation, CompletableFuture<T> answer, int repeat) {
        if (closed) {
            return;
        }
        CompletableFuture<T> one;
        try {
            one = operation.get();
        } catch (RuntimeException e) {
            one = CompletableFuture.failedFuture(e);
        }
        var unused =
                one.whenComplete(
                        (value, failure) -> {
                            if (closed) {
                                return;
                            }
                            if (failure == null) {
                                answer.complete(value);
                            } else {
                                again(operation, answer, repeat, AwsFailures.unwrapped(failure));
                            }
                        });
    }

    private <T> void again(
            Supplier<CompletableFuture<T>> operation,
            CompletableFuture<T> answer,
            int repeat,
            Throwable failure) {
        onFailure.run();
        if (kindOf(failure) != FailureKind.RETRY) {
            answer.completeExceptionally(failure);
            return;
        }
        if (repeat % WARN_EVERY == 0) {
            LOG.warn("Still not stored after {} times: {}", repeat, failure.getMessage());
        }
        clock.after(backoff.delayMillis(repeat), () -> call(operation, answer, repeat + 1));
    }

    static FailureKind kindOf(Throwable failure) {
        return failure instanceof StoreException
                ? ((StoreException) failure).kind()
                : FailureKind.FATAL;
    }
}
