package io.sluice.pipeline.limit;

import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Names;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The verdict of a tenant's request limits on one request at one time. A request is charged to all
 * its limits or to none.
 *
 * <p>Requests per minute: at most N admitted in any 60 s of decision time, exact, and never refused
 * while fewer than N are in the last 60 s. Requests per day: UTC calendar day.
 */
public final class RequestLimits {
    private final List<LimitStatus> statuses;
    private final @Nullable String exhausted;
    private final long retryAfterMillis;

    private RequestLimits(
            List<LimitStatus> statuses, @Nullable String exhausted, long retryAfterMillis) {
        this.statuses = statuses;
        this.exhausted = exhausted;
        this.retryAfterMillis = retryAfterMillis;
    }

    /**
     * Looks at all limits and, if none is exhausted, charges the request to all of them. The log
     * and the day must have been brought to {@code nowMillis}.
     */
    public static RequestLimits charge(
            EffectivePolicy policy,
            SlidingLog minute,
            DayCount day,
            long nowMillis,
            SlidingLog.Chunks chunks) {
        boolean minuteFull = isFull(policy.requestsPerMinute(), minute.count());
        boolean dayFull = isFull(policy.requestsPerDay(), day.count());
        boolean admitted = !minuteFull && !dayFull;
        if (admitted) {
            minute.append(nowMillis, chunks);
            day.add();
        }
        List<LimitStatus> statuses = new ArrayList<>(2);
        long retryAfterMillis = -1;
        if (policy.requestsPerMinute() != EffectivePolicy.UNLIMITED) {
            long reset = minuteReset(policy.requestsPerMinute(), minute, nowMillis, chunks);
            statuses.add(
                    status(
                            Names.REQUESTS_PER_MINUTE,
                            policy.requestsPerMinute(),
                            minute.count(),
                            reset));
            retryAfterMillis = minuteFull ? reset : -1;
        }
        if (policy.requestsPerDay() != EffectivePolicy.UNLIMITED) {
            long reset = day.millisUntilReset(nowMillis);
            statuses.add(
                    status(Names.REQUESTS_PER_DAY, policy.requestsPerDay(), day.count(), reset));
            retryAfterMillis = dayFull ? Math.max(reset, retryAfterMillis) : retryAfterMillis;
        }
        String exhausted =
                minuteFull ? Names.REQUESTS_PER_MINUTE : dayFull ? Names.REQUESTS_PER_DAY : null;
        return new RequestLimits(statuses, exhausted, retryAfterMillis);
    }

    /** Whether the request was charged. */
    public boolean admitted() {
        return exhausted == null;
    }

    /** The first exhausted limit; null if the request was admitted. */
    public @Nullable String exhausted() {
        return exhausted;
    }

    /** Milliseconds until no limit is exhausted if nothing else is admitted; -1 if none is now. */
    public long retryAfterMillis() {
        return retryAfterMillis;
    }

    /** All limits that are on, as they stand after this request. */
    public List<LimitStatus> statuses() {
        return statuses;
    }

    private static boolean isFull(long limit, long used) {
        return limit != EffectivePolicy.UNLIMITED && used >= limit;
    }

    private static long minuteReset(
            long limit, SlidingLog minute, long nowMillis, SlidingLog.Chunks chunks) {
        if (limit <= 0) {
            return SlidingLog.WINDOW_MILLIS;
        }
        return minute.count() >= limit
                ? minute.millisUntilBelow(limit, nowMillis, chunks)
                : minute.millisUntilOldestLeaves(nowMillis);
    }

    private static LimitStatus status(String name, long limit, long used, long resetMillis) {
        return LimitStatus.builder()
                .name(name)
                .limit(limit)
                .remaining(Math.max(0, limit - used))
                .resetMillis(resetMillis)
                .build();
    }
}
