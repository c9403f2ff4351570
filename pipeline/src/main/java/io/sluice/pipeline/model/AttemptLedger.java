package io.sluice.pipeline.model;

import io.sluice.contract.AttemptItem;
import io.sluice.sinks.aws.AwsFailures;
import io.sluice.sinks.aws.FailureKind;
import io.sluice.sinks.aws.Stage;
import io.sluice.sinks.aws.StoreException;
import io.sluice.sinks.ledger.AttemptStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes attempts so that each is paid once. It is claimed in the store before the model is called,
 * and its end is stored before anybody hears of it. An attempt that is there already is not made
 * again: its end counts, and if it has none, because the run that claimed it died, it is taken over
 * as ambiguous. A run that was taken over cannot store an end any more, so what it still does has
 * no effect.
 *
 * <p>While the store does not answer, nothing is called and nothing goes on. Thread-safe, never
 * blocks.
 */
final class AttemptLedger implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptLedger.class);

    private final AttemptStore store;
    private final PersistentCalls calls;
    private final AttemptRules rules;
    private final InvokerClock clock;
    private final EarlierAttempts earlier;
    private final AttemptsUnderWay underWay = new AttemptsUnderWay();

    /** A ledger of one run, which takes the store over. */
    AttemptLedger(
            AttemptStore store,
            PersistentCalls calls,
            AttemptRules rules,
            InvokerClock clock,
            InvokeMetrics metrics) {
        this.store = store;
        this.calls = calls;
        this.rules = rules;
        this.clock = clock;
        this.earlier = new EarlierAttempts(store, calls, rules, clock, metrics);
    }

    /**
     * Makes an attempt of a request, or finds out how it ended in an earlier run, and counts it in
     * the request's tally. Fails only if the store can keep nothing: then the job has to stop.
     * Never ends once the run stops: the next one makes it.
     *
     * @param number one above the attempts of the request that are known
     * @param target where the call goes
     * @param model makes the call
     */
    CompletableFuture<Attempted> make(
            Invocation invocation,
            int number,
            ModelCall call,
            String target,
            Supplier<CompletableFuture<ModelReply>> model) {
        if (!underWay.begin()) {
            return new CompletableFuture<>();
        }
        return claimed(invocation, number, call, target, model)
                .whenComplete(
                        (attempted, failure) -> {
                            if (isFinal(failure)) {
                                underWay.loseEnds();
                            }
                            underWay.end();
                        });
    }

    /** Whether the store cannot be worked with: neither can it take the ends of other calls. */
    private static boolean isFinal(@Nullable Throwable failure) {
        Throwable cause = failure == null ? null : AwsFailures.unwrapped(failure);
        return cause instanceof StoreException
                && ((StoreException) cause).kind() == FailureKind.FATAL;
    }

    private CompletableFuture<Attempted> claimed(
            Invocation invocation,
            int number,
            ModelCall call,
            String target,
            Supplier<CompletableFuture<ModelReply>> model) {
        AttemptItem claim =
                rules.claim(call, number, target, clock.millis()).toBuilder()
                        .isolation(invocation.facts().policy().isolation())
                        .build();
        Stage stage = rules.stageOf(invocation.facts());
        return calls.untilAnswered(() -> store.claim(claim, stage))
                .thenCompose(
                        standing -> {
                            if (standing.equals(claim)) {
                                return call(invocation, claim, call, model);
                            }
                            Supplier<CompletableFuture<Attempted>> anew =
                                    () -> claimed(invocation, number, call, target, model);
                            return replay(invocation, standing, anew);
                        });
    }

    /** What became of another run's attempt; tried anew if there is no telling yet. */
    private CompletableFuture<Attempted> replay(
            Invocation invocation,
            AttemptItem standing,
            Supplier<CompletableFuture<Attempted>> anew) {
        return earlier.ended(invocation.admitted(), standing)
                .thenCompose(
                        found ->
                                found.isEmpty()
                                        ? anew.get()
                                        : CompletableFuture.completedFuture(
                                                Attempted.counted(
                                                        invocation.tally(), found.get(), true)));
    }

    /** Whether an earlier run can have taken the request on. */
    boolean mayBeKnown(Invocation invocation) {
        return rules.mayBeKnown(invocation.facts());
    }

    /** See {@link EarlierAttempts#recall}. */
    CompletableFuture<Optional<AttemptItem>> recall(Invocation invocation) {
        return earlier.recall(invocation);
    }

    /**
     * Makes no attempt any more, and waits at most so long for the ends of those that have begun:
     * one whose end is not stored is ambiguous to the next run. Does not wait once the store has
     * failed for good. Blocks.
     */
    void stop(Duration atMost) {
        int left = underWay.stop(atMost);
        if (left > 0) {
            LOG.warn("Stops with {} calls unanswered after {}: they are ambiguous", left, atMost);
        }
    }

    @Override
    public void close() {
        calls.close();
        store.close();
    }

    private CompletableFuture<Attempted> call(
            Invocation invocation,
            AttemptItem claim,
            ModelCall call,
            Supplier<CompletableFuture<ModelReply>> model) {
        long startedMillis = clock.millis();
        if (invocation.mayNotBeTried() || invocation.facts().deadlineAtMillis() <= startedMillis) {
            return release(claim, ModelFailure.LATE);
        }
        CompletableFuture<ModelReply> answer;
        try {
            answer = model.get();
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.handle(Ending::new)
                .thenCompose(ending -> called(invocation, claim, call, startedMillis, ending));
    }

    private CompletableFuture<Attempted> called(
            Invocation invocation,
            AttemptItem claim,
            ModelCall call,
            long startedMillis,
            Ending<ModelReply> ending) {
        ModelReply reply = ending.value;
        long nowMillis = clock.millis();
        if (reply != null) {
            return finish(
                    invocation,
                    rules.answered(claim, reply, invocation.admitted(), startedMillis, nowMillis));
        }
        ModelException failure = BedrockFailures.toException(ending.failure(), call);
        LOG.debug("Attempt {}: {}", claim.attempt(), failure.getMessage());
        return failure.contact() == Contact.NONE
                ? release(claim, failure.failure())
                : finish(
                        invocation,
                        rules.failed(
                                claim, failure, invocation.admitted(), startedMillis, nowMillis));
    }

    /** Nothing follows an attempt that was not made, so its number stays the next one. */
    private CompletableFuture<Attempted> release(AttemptItem claim, ModelFailure why) {
        return calls.untilAnswered(() -> store.release(claim))
                .thenApply(nothing -> Attempted.notMade(why));
    }

    private CompletableFuture<Attempted> finish(Invocation invocation, AttemptItem finished) {
        return calls.untilAnswered(() -> store.finish(finished))
                .handle(Ending::new)
                .thenCompose(ending -> finished(invocation, finished, ending));
    }

    private CompletableFuture<Attempted> finished(
            Invocation invocation, AttemptItem finished, Ending<Optional<AttemptItem>> ending) {
        Optional<AttemptItem> standing = ending.value;
        if (standing != null) {
            return checked(invocation, finished, standing);
        }
        Throwable failure = AwsFailures.unwrapped(ending.failure());
        AttemptItem smaller = AttemptRules.withoutOutput(finished);
        if (PersistentCalls.kindOf(failure) == FailureKind.POISON && !smaller.equals(finished)) {
            LOG.warn("Ended without its answer: {}", failure.getMessage());
            return finish(invocation, smaller);
        }
        return CompletableFuture.failedFuture(failure);
    }

    private CompletableFuture<Attempted> checked(
            Invocation invocation, AttemptItem finished, Optional<AttemptItem> standing) {
        if (standing.filter(finished::equals).isPresent()) {
            return CompletableFuture.completedFuture(
                    Attempted.counted(invocation.tally(), finished, false));
        }
        return CompletableFuture.failedFuture(
                new IllegalStateException(
                        "attempt "
                                + finished.rangeKey()
                                + " was taken over by another run of the job; this one must stop"
                                + " and leave the request to it"));
    }

    /** How a future ended: with a value or a failure. */
    private static final class Ending<T> {
        private final @Nullable T value;
        private final @Nullable Throwable failure;

        private Ending(@Nullable T value, @Nullable Throwable failure) {
            this.value = value;
            this.failure = failure;
        }

        private Throwable failure() {
            return failure == null ? new IllegalStateException("it ended with nothing") : failure;
        }
    }
}
