package io.sluice.pipeline.enforce;

import io.sluice.contract.DeadLetter;
import io.sluice.contract.OutcomeEvent;
import org.jspecify.annotations.Nullable;

/**
 * What the invoker tells back about one request: its outcome, and, if the request is to be looked
 * at by a person, a dead letter.
 */
public final class CallEnd {
    private final OutcomeEvent outcome;
    private final @Nullable DeadLetter letter;

    private CallEnd(OutcomeEvent outcome, @Nullable DeadLetter letter) {
        this.outcome = outcome;
        this.letter = letter;
    }

    /** An end that leaves nothing to look at. */
    public static CallEnd of(OutcomeEvent outcome) {
        return new CallEnd(outcome, null);
    }

    /** An end, and its letter if there is one. */
    public static CallEnd of(OutcomeEvent outcome, @Nullable DeadLetter letter) {
        return new CallEnd(outcome, letter);
    }

    /** The outcome for the tenant's log. */
    public OutcomeEvent outcome() {
        return outcome;
    }

    /** What is to be looked at; null if nothing is. */
    public @Nullable DeadLetter letter() {
        return letter;
    }
}
