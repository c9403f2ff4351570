package io.sluice.pipeline.model;

import io.sluice.contract.AttemptEnd;
import io.sluice.contract.AttemptItem;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.Target;
import org.jspecify.annotations.Nullable;

/** What became of an attempt: the ledger's word, whichever run it is from. Immutable. */
final class Attempted {
    private final @Nullable Target target;
    private final @Nullable AttemptItem answered;
    private final @Nullable ModelFailure failure;
    private final boolean replayed;

    private Attempted(
            @Nullable Target target,
            @Nullable AttemptItem answered,
            @Nullable ModelFailure failure,
            boolean replayed) {
        this.target = target;
        this.answered = answered;
        this.failure = failure;
        this.replayed = replayed;
    }

    /** An attempt whose end is in the ledger. */
    static Attempted recorded(AttemptItem finished, boolean replayed) {
        AttemptEnd end = finished.end();
        if (end == null) {
            throw new IllegalArgumentException(
                    "attempt " + finished.rangeKey() + " is open; expected a finished one");
        }
        Target target = Target.ofKey(finished.target());
        return end.status() == OutcomeStatus.SUCCEEDED
                ? new Attempted(target, finished, null, replayed)
                : new Attempted(target, null, ModelFailure.ofWireName(end.reason()), replayed);
    }

    /** The same, counted among the attempts of its request. */
    static Attempted counted(AttemptTally tally, AttemptItem finished, boolean replayed) {
        tally.add(finished);
        return recorded(finished, replayed);
    }

    /** No attempt was made after all. */
    static Attempted notMade(ModelFailure why) {
        return new Attempted(null, null, why, false);
    }

    /** Where it went, whichever target was chosen now; null if it was not made. */
    @Nullable Target target() {
        return target;
    }

    /** The answered attempt; null if it failed. */
    @Nullable AttemptItem answered() {
        return answered;
    }

    /** Why it failed; {@link ModelFailure#PERMANENT} is what an answered one is not asked for. */
    ModelFailure failure() {
        return failure == null ? ModelFailure.PERMANENT : failure;
    }

    /** Whether an earlier run made it, so that there is nothing to wait for. */
    boolean replayed() {
        return replayed;
    }
}
