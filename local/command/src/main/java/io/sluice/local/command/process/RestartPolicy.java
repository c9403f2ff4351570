package io.sluice.local.command.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Whether and when a process that ended is started again: at most {@code most} times within {@code
 * window}, after a delay that doubles with each restart in the window. Not thread-safe.
 */
public final class RestartPolicy {
    private final int most;
    private final Duration window;
    private final Duration firstDelay;
    private final Deque<Long> restartsAtMillis = new ArrayDeque<>();

    public RestartPolicy(int most, Duration window, Duration firstDelay) {
        this.most = most;
        this.window = window;
        this.firstDelay = firstDelay;
    }

    /** Four restarts in five minutes, after 0.25, 0.5, 1 and 2 s. */
    public static RestartPolicy standard() {
        return new RestartPolicy(4, Duration.ofMinutes(5), Duration.ofMillis(250));
    }

    /** Counts a restart and tells how long to wait for it; empty when it is to stay down. */
    public Optional<Duration> next(long nowMillis) {
        while (!restartsAtMillis.isEmpty()
                && nowMillis - restartsAtMillis.peekFirst() > window.toMillis()) {
            restartsAtMillis.removeFirst();
        }
        if (restartsAtMillis.size() >= most) {
            return Optional.empty();
        }
        Duration delay = firstDelay.multipliedBy(1L << restartsAtMillis.size());
        restartsAtMillis.addLast(nowMillis);
        return Optional.of(delay);
    }
}
