package io.sluice.pipeline.model.schedule;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * When time alone changes something about the calls that wait: one passes its deadline, or has
 * rested long enough to have a turn. Epoch milliseconds. Not thread-safe.
 */
final class CallTimes<C> {
    private final TreeSet<ScheduledCall<C>> byDeadline = new TreeSet<>(ScheduledCall.byDeadline());
    private final TreeSet<ScheduledCall<C>> resting = new TreeSet<>(ScheduledCall.byRest());

    /** A call waits from now on. */
    void waits(ScheduledCall<C> call) {
        byDeadline.add(call);
    }

    /** A call that waits has no turn before the time that it names. */
    void rests(ScheduledCall<C> call) {
        resting.add(call);
    }

    /** A call waits no more. */
    void forget(ScheduledCall<C> call) {
        byDeadline.remove(call);
        resting.remove(call);
    }

    /** A call that has rested until now, which rests no more; null if none has. */
    @Nullable ScheduledCall<C> rested(long nowMillis) {
        return nextRestedMillis() <= nowMillis ? resting.pollFirst() : null;
    }

    /** The waiting call with the earliest deadline if it has passed; null if none has. */
    @Nullable ScheduledCall<C> late(long nowMillis) {
        return nextDeadlineMillis() <= nowMillis ? byDeadline.first() : null;
    }

    /** The earliest deadline of a waiting call; {@code Long.MAX_VALUE} if none waits. */
    long nextDeadlineMillis() {
        return byDeadline.isEmpty() ? Long.MAX_VALUE : byDeadline.first().terms.deadlineAtMillis();
    }

    /** When the next call has rested; {@code Long.MAX_VALUE} if none rests. */
    long nextRestedMillis() {
        return resting.isEmpty() ? Long.MAX_VALUE : resting.first().restsUntilMillis;
    }
}
