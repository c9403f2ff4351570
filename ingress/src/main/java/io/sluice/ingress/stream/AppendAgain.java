package io.sluice.ingress.stream;

import io.sluice.contract.RequestEvent;
import java.time.Duration;

/**
 * Until when a request that may be on the stream may be appended under its id once more. The engine
 * tells a repetition for {@link RequestEvent#REMEMBERED_MILLIS} after the first one arrived; later
 * it would decide, call and book the request a second time. So who appends again needs the time at
 * which that was first tried, and leaves a margin for slow writes and for clocks that differ.
 */
public final class AppendAgain {
    private static final Duration MARGIN = Duration.ofMinutes(10);

    private AppendAgain() {}

    /**
     * Whether the engine still tells the repetition.
     *
     * @param firstAtMillis when it may first have been appended, epoch milliseconds
     */
    public static boolean isSafe(long firstAtMillis, long nowMillis) {
        return nowMillis - firstAtMillis < minutes() * 60_000;
    }

    /** How long it is safe, for messages. */
    public static long minutes() {
        return Duration.ofMillis(RequestEvent.REMEMBERED_MILLIS).minus(MARGIN).toMinutes();
    }
}
