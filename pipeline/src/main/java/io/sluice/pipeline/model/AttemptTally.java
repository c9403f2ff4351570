package io.sluice.pipeline.model;

import io.sluice.contract.AttemptEnd;
import io.sluice.contract.AttemptItem;
import org.jspecify.annotations.Nullable;

/** What the attempts of one request came to, whichever runs made them. Thread-safe. */
final class AttemptTally {
    private @Nullable AttemptItem last;

    private int interrupted;
    private long exactPicoUsd;
    private long estimatedPicoUsd;
    private boolean mayHaveBeenAnswered;
    private boolean possibleDuplicate;

    /** Counts a finished attempt; each is counted once, in the order of their numbers. */
    synchronized void add(AttemptItem finished) {
        AttemptEnd end = finished.end();
        if (end == null) {
            throw new IllegalArgumentException(
                    "attempt " + finished.rangeKey() + " is open; expected a finished one");
        }
        last = finished;
        exactPicoUsd = Math.addExact(exactPicoUsd, end.exactCostPicoUsd());
        estimatedPicoUsd = Math.addExact(estimatedPicoUsd, end.estimatedCostPicoUsd());
        possibleDuplicate |= mayHaveBeenAnswered;
        mayHaveBeenAnswered |= end.ambiguous() && end.estimated();
        if (ModelFailure.INTERRUPTED.wireName().equals(end.reason())) {
            interrupted++;
        }
    }

    /** Number of the last attempt; 0 if none was made. */
    synchronized int attempts() {
        return last == null ? 0 : last.attempt();
    }

    /** The last attempt; null if none was made. */
    synchronized @Nullable AttemptItem last() {
        return last;
    }

    /** Attempts that ended by themselves: how often the provider may be said to have failed. */
    synchronized int attemptsSeenThrough() {
        return attempts() - interrupted;
    }

    /** What the provider is paid for certain, 10^-12 USD. */
    synchronized long exactPicoUsd() {
        return exactPicoUsd;
    }

    /** What it may have to be paid besides, 10^-12 USD. */
    synchronized long estimatedPicoUsd() {
        return estimatedPicoUsd;
    }

    /** Whether the model may have answered an attempt that nobody knows the end of. */
    synchronized boolean mayHaveBeenAnswered() {
        return mayHaveBeenAnswered;
    }

    /** Whether a call was made after one that the model may have answered too. */
    synchronized boolean possibleDuplicate() {
        return possibleDuplicate;
    }
}
