package io.sluice.pipeline.model;

import io.sluice.pipeline.model.schedule.AttemptVerdict;
import io.sluice.pipeline.model.schedule.TargetHealth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place at every target at once, as where nothing is bounded. */
final class OpenPlace implements AttemptPlace {
    private final InvokerClock clock;
    private final TargetHealth health;
    private @Nullable String target;

    OpenPlace(InvokerClock clock, TargetHealth health, Invocation invocation) {
        this.clock = clock;
        this.health = health;
        moveTo(invocation.terms().targets());
    }

    @Override
    public @Nullable String target() {
        return target;
    }

    @Override
    public void attemptEnded(AttemptVerdict end) {}

    @Override
    public void again(List<String> targets, long delayMillis, Runnable next) {
        Runnable there =
                () -> {
                    moveTo(targets);
                    next.run();
                };
        if (delayMillis == 0) {
            there.run();
        } else {
            clock.after(delayMillis, there);
        }
    }

    private void moveTo(List<String> targets) {
        target =
                targets.stream()
                        .filter(place -> health.isCallable(place, clock.millis()))
                        .findFirst()
                        .orElse(null);
    }
}
