package io.sluice.pipeline.model;

/** A place at every target at once, as where nothing is bounded. */
final class OpenPlace implements AttemptPlace {
    private final InvokerClock clock;

    OpenPlace(InvokerClock clock) {
        this.clock = clock;
    }

    @Override
    public void attemptEnded(AttemptVerdict end) {}

    @Override
    public void again(String target, long delayMillis, Runnable next) {
        if (delayMillis == 0) {
            next.run();
        } else {
            clock.after(delayMillis, next);
        }
    }
}
