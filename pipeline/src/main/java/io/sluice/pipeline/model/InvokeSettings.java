package io.sluice.pipeline.model;

import io.sluice.pipeline.model.schedule.CallScheduler;
import io.sluice.pipeline.model.schedule.Lane;
import io.sluice.pipeline.model.schedule.LaneSettings;
import io.sluice.pipeline.model.schedule.TargetHealth;
import io.sluice.pipeline.model.schedule.TargetSettings;
import java.io.Serializable;
import java.time.Duration;

/** The bounds within which models are called. Immutable. */
public final class InvokeSettings implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Duration LONGEST_AGING = Duration.ofDays(1);

    private final LaneSettings interactive;
    private final LaneSettings bulk;
    private final Duration aging;
    private final Duration longestGeneration;
    private final Duration stopWait;
    private final int maxAttempts;
    private final BreakerSettings breaker;
    private final TargetSettings targets;

    /**
     * Bounds of both lanes and of one call.
     *
     * @param aging after which a waiting normal call counts as high; from 1 ms to a day
     * @param longestGeneration after which a call counts as lost; below the async operator's
     *     timeout
     * @param stopWait how long a job that stops waits for the answers of calls under way
     * @param maxAttempts attempts of a request over all its targets, however they fail
     * @param breaker of each target's circuit
     * @param targets what each target is asked to bear
     */
    public InvokeSettings(
            LaneSettings interactive,
            LaneSettings bulk,
            Duration aging,
            Duration longestGeneration,
            Duration stopWait,
            int maxAttempts,
            BreakerSettings breaker,
            TargetSettings targets) {
        if (aging.toMillis() < 1 || aging.compareTo(LONGEST_AGING) > 0) {
            throw new IllegalArgumentException(
                    "property Invoke/aging: seen "
                            + aging
                            + ", expected PT0.001S to "
                            + LONGEST_AGING);
        }
        if (maxAttempts < 1) {
            throw new IllegalArgumentException(
                    "property Invoke/attempts: seen " + maxAttempts + ", expected 1 or more");
        }
        this.interactive = interactive;
        this.bulk = bulk;
        this.aging = aging;
        this.longestGeneration = longestGeneration;
        this.stopWait = stopWait;
        this.maxAttempts = maxAttempts;
        this.breaker = breaker;
        this.targets = targets;
    }

    /**
     * Records that the async operator of one subtask must hold, so that the scheduler sheds before
     * the operator blocks: all that run or wait, and as many again whose results are being stored.
     */
    public int operatorCapacity() {
        int calls = Math.addExact(interactive.calls(), bulk.calls());
        return Math.addExact(calls, Math.addExact(interactive.mostCalls(), bulk.mostCalls()));
    }

    /**
     * Bytes of the requests that the async operator of one subtask holds at most: all that run or
     * wait, and half as many again whose results are being stored.
     */
    long operatorBytes() {
        long bytes = Math.addExact(interactive.mostBytes(), bulk.mostBytes());
        return Math.addExact(bytes, bytes / 2);
    }

    /** The scheduler of one subtask, whose targets may be called as that says. */
    <C> CallScheduler<C> schedulerOf(int subtask, int subtasks, TargetHealth health) {
        return new CallScheduler<>(
                interactive.boundsOf(Lane.INTERACTIVE, subtask, subtasks),
                bulk.boundsOf(Lane.BULK, subtask, subtasks),
                aging.toMillis(),
                targets.capacitiesOf(subtask, subtasks),
                health);
    }

    /** Calls at once in one subtask, over both lanes. */
    int callsOf(int subtask, int subtasks) {
        return interactive.callsOf(subtask, subtasks) + bulk.callsOf(subtask, subtasks);
    }

    Duration longestGeneration() {
        return longestGeneration;
    }

    Duration stopWait() {
        return stopWait;
    }

    int maxAttempts() {
        return maxAttempts;
    }

    BreakerSettings breaker() {
        return breaker;
    }
}
