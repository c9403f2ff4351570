package io.sluice.pipeline.model;

import io.sluice.contract.AmbiguousAction;
import io.sluice.contract.AttemptItem;
import java.util.EnumMap;
import java.util.Map;

/**
 * Whether a request whose attempt failed may have another one: so many attempts in all, and so many
 * after failures of one kind. Attempts of earlier runs count as its own; one that was interrupted
 * was not seen to fail and does not. After one that the model may have answered, the tenant's
 * policy may forbid any other. Pure; belongs to one request and is used by one thread at a time.
 */
final class RetryRules {
    private final int maxAttempts;
    private final AmbiguousAction ambiguous;
    private final Map<ModelFailure, Integer> failures = new EnumMap<>(ModelFailure.class);

    /** For a request of at most so many attempts, from 1. */
    RetryRules(int maxAttempts, AmbiguousAction ambiguous) {
        this.maxAttempts = maxAttempts;
        this.ambiguous = ambiguous;
    }

    /** Whether another attempt may succeed after that failure, and may be made at all. */
    boolean isCurable(ModelFailure failure, AttemptTally tally) {
        boolean permitted = ambiguous == AmbiguousAction.RETRY || !tally.mayHaveBeenAnswered();
        return permitted && (failure == ModelFailure.INTERRUPTED || failure.repeatable());
    }

    /** Counts a failed attempt, the last in the tally; true if the rules allow another one. */
    boolean mayRepeatAfter(ModelFailure failure, AttemptTally tally) {
        if (tally.attempts() >= AttemptItem.MOST_ATTEMPTS || !isCurable(failure, tally)) {
            return false;
        }
        if (failure == ModelFailure.INTERRUPTED) {
            return true;
        }
        int times = failures.merge(failure, 1, Integer::sum);
        return times <= failure.repeats() && tally.attemptsSeenThrough() < maxAttempts;
    }
}
