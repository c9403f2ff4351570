package io.sluice.pipeline.model;

import io.sluice.contract.AttemptItem;
import io.sluice.contract.RequestFacts;
import io.sluice.pipeline.enforce.AdmittedRequest;
import io.sluice.sinks.ledger.AttemptStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Attempts that other runs made: how they ended, or, if they were left without an end, that they
 * are taken over as ambiguous. Thread-safe, never blocks.
 */
final class EarlierAttempts {
    /** How often a run that was replaced looks for what the other came to. */
    private static final long LOOK_AGAIN_MILLIS = 1_000;

    private final AttemptStore store;
    private final PersistentCalls calls;
    private final AttemptRules rules;
    private final InvokerClock clock;
    private final InvokeMetrics metrics;

    EarlierAttempts(
            AttemptStore store,
            PersistentCalls calls,
            AttemptRules rules,
            InvokerClock clock,
            InvokeMetrics metrics) {
        this.store = store;
        this.calls = calls;
        this.rules = rules;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Finds out about the attempts of a request that are not in its tally yet, ends those that are
     * open, counts them all, and completes with the answered one, if there is one. For requests
     * that are about to end without a call of this run.
     */
    CompletableFuture<Optional<AttemptItem>> recall(Invocation invocation) {
        return recall(invocation, invocation.tally().attempts());
    }

    /**
     * How another run's attempt ended; taken over if it did not. Empty if it is to be looked at
     * anew: its claim is gone, or a later run may still end it.
     */
    CompletableFuture<Optional<AttemptItem>> ended(AdmittedRequest admitted, AttemptItem standing) {
        if (!standing.isOpen()) {
            metrics.attemptReused();
            return CompletableFuture.completedFuture(Optional.of(standing));
        }
        if (rules.isOwn(standing)) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException(
                            "attempt "
                                    + standing.rangeKey()
                                    + " is being made by this run already; expected each request"
                                    + " once in a run"));
        }
        if (rules.isLeftToALaterRun(standing, clock.millis())) {
            CompletableFuture<Optional<AttemptItem>> later = new CompletableFuture<>();
            clock.after(LOOK_AGAIN_MILLIS, () -> later.complete(Optional.empty()));
            return later;
        }
        AttemptItem interrupted = rules.interrupted(standing, admitted, clock.millis());
        return calls.untilAnswered(() -> store.finish(interrupted))
                .thenCompose(
                        now -> {
                            if (now.filter(interrupted::equals).isPresent()) {
                                metrics.attemptInterrupted();
                                return CompletableFuture.completedFuture(now);
                            }
                            return now.isPresent()
                                    ? ended(admitted, now.get())
                                    : CompletableFuture.completedFuture(now);
                        });
    }

    private CompletableFuture<Optional<AttemptItem>> recall(Invocation invocation, int index) {
        RequestFacts facts = invocation.facts();
        return calls.untilAnswered(
                        () ->
                                store.read(
                                        facts.tenantId(),
                                        facts.requestId(),
                                        facts.policy().isolation()))
                .thenCompose(attempts -> recall(invocation, attempts, index));
    }

    private CompletableFuture<Optional<AttemptItem>> recall(
            Invocation invocation, List<AttemptItem> attempts, int index) {
        if (index >= attempts.size()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return ended(invocation.admitted(), attempts.get(index))
                .thenCompose(
                        found -> {
                            if (found.isEmpty()) {
                                return recall(invocation, index);
                            }
                            AttemptItem answered =
                                    Attempted.counted(invocation.tally(), found.get(), true)
                                            .answered();
                            return answered == null
                                    ? recall(invocation, attempts, index + 1)
                                    : CompletableFuture.completedFuture(Optional.of(answered));
                        });
    }
}
