package io.sluice.pipeline.limit;

import io.sluice.contract.Budget;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Names;
import io.sluice.pipeline.budget.Saturating;
import io.sluice.pipeline.budget.Spending;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's limits show at one time: the ceiling of each, what is left of it, and when there
 * is more. Lives for one decision.
 */
final class LimitReadings {
    private final EffectivePolicy policy;
    private final SlidingLog minute;
    private final DayCount day;
    private final long nowMillis;
    private final SlidingLog.Chunks chunks;

    LimitReadings(
            EffectivePolicy policy,
            SlidingLog minute,
            DayCount day,
            long nowMillis,
            SlidingLog.Chunks chunks) {
        this.policy = policy;
        this.minute = minute;
        this.day = day;
        this.nowMillis = nowMillis;
        this.chunks = chunks;
    }

    /** Milliseconds until the minute has room, or more room. */
    long minuteReset() {
        long limit = policy.requestsPerMinute();
        if (limit <= 0) {
            return SlidingLog.WINDOW_MILLIS;
        }
        return minute.count() >= limit
                ? minute.millisUntilBelow(limit, nowMillis, chunks)
                : minute.millisUntilOldestLeaves(nowMillis);
    }

    /**
     * All limits that are on, as they stand now; {@code tokenWaitMillis} is how long a request that
     * was looked at has to wait for its tokens, {@link LimitReview#UNKNOWN} if it has not.
     */
    List<LimitStatus> statuses(
            int pending,
            Spending daySpending,
            Spending monthSpending,
            long held,
            long tokenWaitMillis) {
        List<LimitStatus> statuses = new ArrayList<>(2);
        if (policy.requestsPerMinute() != EffectivePolicy.UNLIMITED) {
            statuses.add(
                    status(
                            Names.REQUESTS_PER_MINUTE,
                            policy.requestsPerMinute(),
                            minute.count(),
                            minuteReset()));
        }
        if (policy.requestsPerDay() != EffectivePolicy.UNLIMITED) {
            statuses.add(
                    status(
                            Names.REQUESTS_PER_DAY,
                            policy.requestsPerDay(),
                            day.count(),
                            day.millisUntilReset(nowMillis)));
        }
        if (policy.tokensPerMinute() != EffectivePolicy.UNLIMITED) {
            statuses.add(
                    status(
                            Names.TOKENS_PER_MINUTE,
                            policy.tokensPerMinute(),
                            minute.tokens(),
                            tokenWaitMillis == LimitReview.UNKNOWN
                                    ? minute.millisUntilOldestLeaves(nowMillis)
                                    : tokenWaitMillis));
        }
        if (policy.maxPending() != EffectivePolicy.UNLIMITED) {
            statuses.add(
                    status(Names.MAX_PENDING, policy.maxPending(), pending, LimitReview.UNKNOWN));
        }
        addBudget(statuses, Names.BUDGET_PER_DAY, policy.dayBudget(), daySpending, held);
        addBudget(statuses, Names.BUDGET_PER_MONTH, policy.monthBudget(), monthSpending, held);
        return statuses;
    }

    private void addBudget(
            List<LimitStatus> statuses,
            String name,
            @Nullable Budget budget,
            Spending spending,
            long held) {
        if (budget != null) {
            statuses.add(
                    status(
                            name,
                            budget.limitPicoUsd(),
                            Saturating.sum(spending.spentPicoUsd(), held),
                            spending.millisUntilReset(nowMillis)));
        }
    }

    private static LimitStatus status(String name, long limit, long used, long resetMillis) {
        return LimitStatus.of(
                name, limit, Math.max(0, limit - used), Math.max(0, used - limit), resetMillis);
    }
}
