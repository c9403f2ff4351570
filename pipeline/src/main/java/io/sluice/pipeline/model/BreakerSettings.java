package io.sluice.pipeline.model;

import java.io.Serializable;
import java.time.Duration;

/** When a target's circuit opens and how it is tried again. Immutable. */
public final class BreakerSettings implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Half of the last 20 calls failed; tried again after 5 s, later and later up to a minute. */
    public static final BreakerSettings SHIPPED =
            new BreakerSettings(10, 20, Duration.ofSeconds(5), Duration.ofMinutes(1), 4);

    private final int failures;
    private final int calls;
    private final Duration firstPause;
    private final Duration longestPause;
    private final int probes;

    /**
     * Settings of every circuit.
     *
     * @param failures errors and timeouts among the last {@code calls} calls that open it
     * @param calls calls that count; throttled and refused ones do not
     * @param firstPause how long it stays open; twice as long after each probe that failed
     * @param longestPause the longest it stays open
     * @param probes calls at once while half-open, divided over the subtasks, each of which has one
     *     at least
     */
    public BreakerSettings(
            int failures, int calls, Duration firstPause, Duration longestPause, int probes) {
        if (failures < 1 || calls < failures) {
            throw new IllegalArgumentException(
                    "properties Invoke/breaker.failures and breaker.calls: seen "
                            + failures
                            + " of "
                            + calls
                            + ", expected 1 or more, of at least as many calls");
        }
        if (firstPause.toMillis() < 1 || longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException(
                    "properties Invoke/breaker.pause and breaker.longest.pause: seen "
                            + firstPause
                            + " and "
                            + longestPause
                            + ", expected 1 ms or more and no less than that");
        }
        if (probes < 1) {
            throw new IllegalArgumentException(
                    "property Invoke/breaker.probes: seen " + probes + ", expected 1 or more");
        }
        this.failures = failures;
        this.calls = calls;
        this.firstPause = firstPause;
        this.longestPause = longestPause;
        this.probes = probes;
    }

    int failures() {
        return failures;
    }

    int calls() {
        return calls;
    }

    /** How long it stays open the {@code times}-th time in a row, from 1. */
    long pauseMillis(int times) {
        int doublings = Math.min(Math.max(times, 1) - 1, 30);
        return Math.min(firstPause.toMillis() << doublings, longestPause.toMillis());
    }

    /**
     * Calls at once of one subtask while half-open: an equal part, one at least, because each
     * subtask has to find out for itself. Over all subtasks at most the setting, or one each.
     */
    int probesOf(int subtask, int subtasks) {
        return Math.max(1, probes / subtasks + (subtask < probes % subtasks ? 1 : 0));
    }
}
