package io.sluice.pipeline.model;

import io.sluice.sinks.aws.AwsFailures;
import io.sluice.sinks.aws.Backoff;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats work on the object store until it succeeds or is no use, with pauses from the repeat's
 * number alone. Only for work that repeats without effect. Thread-safe, never blocks.
 */
final class PayloadRepeats implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PayloadRepeats.class);
    private static final int WARN_EVERY = 10;

    private final InvokerClock clock;
    private final Backoff backoff;
    private volatile boolean closed;

    PayloadRepeats(InvokerClock clock, Backoff backoff) {
        this.clock = clock;
        this.backoff = backoff;
    }

    /**
     * Completes with what the work brings. Fails, with the failure itself, once it is none of those
     * that may pass. Starts nothing after {@link #close}, and then never completes.
     *
     * @param complaint what a failure means, for the log; names no part of a payload
     * @param mayPass whether the work may succeed after that failure
     */
    <T> CompletableFuture<T> untilDone(
            String complaint, Supplier<CompletableFuture<T>> work, Predicate<Throwable> mayPass) {
        Repeat<T> repeat = new Repeat<>(complaint, work, mayPass);
        repeat.attempt(1);
        return repeat.done;
    }

    @Override
    public void close() {
        closed = true;
    }

    /** One piece of work. */
    private final class Repeat<T> {
        private final String complaint;
        private final Supplier<CompletableFuture<T>> work;
        private final Predicate<Throwable> mayPass;
        private final CompletableFuture<T> done = new CompletableFuture<>();

        private Repeat(
                String complaint,
                Supplier<CompletableFuture<T>> work,
                Predicate<Throwable> mayPass) {
            this.complaint = complaint;
            this.work = work;
            this.mayPass = mayPass;
        }

        private void attempt(int number) {
            var unused =
                    begun().whenComplete(
                                    (value, failure) -> {
                                        if (failure == null) {
                                            done.complete(value);
                                        } else {
                                            failed(number, AwsFailures.unwrapped(failure));
                                        }
                                    });
        }

        private CompletableFuture<T> begun() {
            try {
                return work.get();
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        private void failed(int number, Throwable cause) {
            if (!mayPass.test(cause)) {
                done.completeExceptionally(cause);
                return;
            }
            if (number % WARN_EVERY == 1) {
                LOG.warn("{}, attempt {}: {}", complaint, number, cause.getMessage());
            }
            clock.after(backoff.delayMillis(number), () -> againAfter(number));
        }

        private void againAfter(int number) {
            if (!closed) {
                attempt(number + 1);
            }
        }
    }
}
