package io.sluice.pipeline.model;

import io.sluice.pipeline.model.schedule.AttemptVerdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The place of a running call, as whoever makes its attempts sees it. Thread-safe. */
interface AttemptPlace {
    /**
     * Key of the target that the place is at; null if none of the call's targets could be called
     * when it got it.
     */
    @Nullable String target();

    /** The attempt has ended that way; its target learns from it and has room for another call. */
    void attemptEnded(AttemptVerdict end);

    /**
     * Gives the place back and waits for another one, without losing its turn among its tenant's
     * calls. If there is none before the deadline, the call ends.
     *
     * @param targets keys of where the next attempt may be made, first to be tried first
     * @param delayMillis before which it is not made, 0 or more
     * @param next makes it; runs once at most, on any thread
     */
    void again(List<String> targets, long delayMillis, Runnable next);
}
