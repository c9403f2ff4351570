package io.sluice.pipeline.model;

/** The place of a running call, as whoever makes its attempts sees it. Thread-safe. */
interface AttemptPlace {
    /** The attempt has ended that way; its target learns from it and has room for another call. */
    void attemptEnded(AttemptVerdict end);

    /**
     * Gives the place back and waits for another one, without losing its turn among its tenant's
     * calls. If there is none before the deadline, the call ends.
     *
     * @param target key of where the next attempt is to be made
     * @param delayMillis before which it is not made, 0 or more
     * @param next makes it; runs once at most, on any thread
     */
    void again(String target, long delayMillis, Runnable next);
}
