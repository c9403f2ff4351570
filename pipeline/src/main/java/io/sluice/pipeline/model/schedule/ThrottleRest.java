package io.sluice.pipeline.model.schedule;

import org.jspecify.annotations.Nullable;

/**
 * The rest of a target that had too much to do. Each throttling makes the rest twice as long; after
 * it one call at a time asks whether the target takes calls again. So a target that refuses
 * everything is asked ever less often, and one that has recovered is in full use soon.
 *
 * <p>Pure: time is an argument, epoch milliseconds. Not thread-safe.
 */
final class ThrottleRest {
    private static final long FIRST_MILLIS = 50;
    private static final long LONGEST_MILLIS = 1_000;

    /** Length of the newest rest; 0 once the target takes calls again. */
    private long millis;

    private long untilMillis = Long.MIN_VALUE;
    private long beganAtMillis = Long.MIN_VALUE;

    /** The last call that started after a rest, while it is under way. */
    private @Nullable TargetPlace asking;

    boolean isOver(long nowMillis) {
        return nowMillis >= untilMillis;
    }

    /** When the next call may start; in the past if one may now. */
    long untilMillis() {
        return untilMillis;
    }

    /**
     * A call starts. One that is not refused until the next may start is a good sign: the wait for
     * the one after is half as long. A refusal takes milliseconds, an answer may take minutes.
     */
    void started(TargetPlace place, long nowMillis) {
        if (millis == 0) {
            return;
        }
        millis = asking == null ? millis : millis / 2;
        asking = place;
        if (millis < FIRST_MILLIS) {
            end();
        } else {
            untilMillis = nowMillis + millis;
        }
    }

    /** A call was answered: the target takes calls again. */
    void answered() {
        end();
    }

    /** A call was refused: twice as long as before, unless it had started before that rest. */
    void throttled(TargetPlace place, long nowMillis) {
        if (millis == 0 || place.startedAtMillis >= beganAtMillis) {
            beganAtMillis = nowMillis;
            millis = Math.min(LONGEST_MILLIS, Math.max(FIRST_MILLIS, 2 * millis));
        }
        untilMillis = nowMillis + millis;
    }

    /** A call did not ask after all: the next one may at once, if nobody was refused since. */
    void notMade(TargetPlace place, long nowMillis) {
        if (asking == place && untilMillis == place.startedAtMillis + millis) {
            untilMillis = nowMillis;
        }
    }

    /** A call is over, however it ended. */
    void over(TargetPlace place) {
        asking = asking == place ? null : asking;
    }

    private void end() {
        millis = 0;
        untilMillis = Long.MIN_VALUE;
    }
}
