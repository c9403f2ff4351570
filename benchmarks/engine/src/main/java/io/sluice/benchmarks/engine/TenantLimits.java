package io.sluice.benchmarks.engine;

import io.sluice.contract.EffectivePolicy;
import io.sluice.pipeline.enforce.MemoryTenantState;
import io.sluice.pipeline.limit.DayCount;
import io.sluice.pipeline.limit.LimitReview;
import io.sluice.pipeline.limit.SlidingLog;

/** A tenant's minute and day, without anything else of the engine. */
final class TenantLimits {
    private final SlidingLog minute = new SlidingLog();
    private final DayCount day = new DayCount(0, 0);
    private final MemoryTenantState chunks = new MemoryTenantState();

    /** Charges a request to both limits or to none; what is left, or when to come back. */
    long charge(EffectivePolicy policy, long nowMillis) {
        minute.expire(nowMillis, chunks);
        day.roll(nowMillis);
        LimitReview review = new LimitReview(policy, minute, day, nowMillis, chunks);
        review.requests();
        if (review.refused()) {
            return review.retryAfterMillis();
        }
        day.add();
        minute.append(nowMillis, 0, chunks);
        return policy.requestsPerMinute() - minute.count();
    }
}
