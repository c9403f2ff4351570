package io.sluice.pipeline.limit;

import io.sluice.contract.Budget;
import io.sluice.contract.BudgetAction;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Names;
import io.sluice.pipeline.budget.Saturating;
import io.sluice.pipeline.budget.Spending;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The verdict of a tenant's limits on one request at one time. It only looks; the request is
 * charged afterwards, to all limits or to none, so the order of looking does not matter but for
 * which of several reasons is named first.
 *
 * <p>Requests and tokens per minute: exact over any 60 s of decision time. Requests and budgets per
 * day and month: UTC calendar. A limit in shadow is looked at and noted but refuses nothing. Lives
 * for one decision.
 */
public final class LimitReview {
    /** A wait that nobody can know, or that never ends. */
    public static final long UNKNOWN = -1;

    private final EffectivePolicy policy;
    private final SlidingLog minute;
    private final DayCount day;
    private final long nowMillis;
    private final SlidingLog.Chunks chunks;
    private final LimitReadings readings;
    private List<String> violated = List.of();
    private List<String> shadowed = List.of();
    private List<String> warnings = List.of();
    private @Nullable String reason;
    private long waitMillis;
    private boolean hopeless;
    private long tokenWaitMillis = UNKNOWN;

    /** The log and the day must have been brought to {@code nowMillis}. */
    public LimitReview(
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
        this.readings = new LimitReadings(policy, minute, day, nowMillis, chunks);
    }

    /** Whether the policy has limits that only calls have to meet. */
    public boolean limitsCalls() {
        return policy.tokensPerMinute() != EffectivePolicy.UNLIMITED
                || policy.maxPending() != EffectivePolicy.UNLIMITED
                || policy.dayBudget() != null
                || policy.monthBudget() != null;
    }

    /** Looks at the limits that every request has to meet, answered from the cache or not. */
    public void requests() {
        if (isFull(policy.requestsPerMinute(), minute.count())) {
            long reset = policy.requestsPerMinute() > 0 ? readings.minuteReset() : UNKNOWN;
            violate(Names.REQUESTS_PER_MINUTE, Names.REQUESTS_PER_MINUTE, reset);
        }
        if (isFull(policy.requestsPerDay(), day.count())) {
            long reset = policy.requestsPerDay() > 0 ? day.millisUntilReset(nowMillis) : UNKNOWN;
            violate(Names.REQUESTS_PER_DAY, Names.REQUESTS_PER_DAY, reset);
        }
    }

    /** Looks at how many requests have not ended; nobody knows when they do. */
    public void pending(int pending) {
        if (isFull(policy.maxPending(), pending)) {
            violate(Names.MAX_PENDING, Names.QUEUE_FULL, UNKNOWN);
        }
    }

    /** Looks at whether so many more tokens fit into the minute. */
    public void tokens(long need) {
        long limit = policy.tokensPerMinute();
        if (limit != EffectivePolicy.UNLIMITED && need > limit - minute.tokens()) {
            tokenWaitMillis =
                    need > limit
                            ? UNKNOWN
                            : minute.millisUntilTokens(limit - need, nowMillis, chunks);
            violate(Names.TOKENS_PER_MINUTE, Names.TOKENS_PER_MINUTE, tokenWaitMillis);
        }
    }

    /** Looks at whether so much more money fits into a budget that blocks or warns. */
    public void budget(
            String name, @Nullable Budget budget, Spending spending, long held, long need) {
        if (budget == null
                || budget.action() == BudgetAction.DOWNGRADE
                || fits(budget, spending, held, need)) {
            return;
        }
        if (budget.action() == BudgetAction.WARN) {
            warnings = with(warnings, name);
        } else {
            boolean fitsLater = need <= budget.limitPicoUsd() - held;
            violate(name, name, fitsLater ? spending.millisUntilReset(nowMillis) : UNKNOWN);
        }
    }

    /** Whether so much more money fits into a budget. */
    public static boolean fits(Budget budget, Spending spending, long held, long need) {
        long used = Saturating.sum(spending.spentPicoUsd(), held);
        return used <= budget.limitPicoUsd() && need <= budget.limitPicoUsd() - used;
    }

    /** Looks at a budget for a call whose price nobody knows: one that blocks refuses it. */
    public void unpriced(String name, @Nullable Budget budget) {
        if (budget != null && budget.action() == BudgetAction.BLOCK) {
            if (isShadow(name)) {
                shadowed = with(shadowed, name);
            } else {
                refuse(Names.UNPRICED);
            }
        }
    }

    /** Notes that a budget that downgrades is spent; whether it is enforced. */
    public boolean downgrades(String name) {
        if (isShadow(name)) {
            shadowed = with(shadowed, name);
            return false;
        }
        warnings = with(warnings, name);
        return true;
    }

    /** Refuses the request for a reason that no waiting helps against. */
    public void refuse(String why) {
        reason = reason == null ? why : reason;
        hopeless = true;
    }

    /** Whether the request is refused by what was looked at so far. */
    public boolean refused() {
        return reason != null;
    }

    /** The first reason for refusing; null if there is none. */
    public @Nullable String reason() {
        return reason;
    }

    /** Names of all limits that refuse. */
    public List<String> violated() {
        return violated;
    }

    /** Names of limits that would refuse but are in shadow. */
    public List<String> shadowed() {
        return shadowed;
    }

    /** Names of budgets that are spent but refuse nothing. */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * Milliseconds after which the request would be admitted if nothing else happened; {@link
     * #UNKNOWN} if it is not refused, waiting does not help, or that depends on when calls end.
     */
    public long retryAfterMillis() {
        return hopeless || waitMillis == 0 ? UNKNOWN : waitMillis;
    }

    /** Milliseconds until the last of the limits with a known end has room; 0 if all have. */
    public long waitMillis() {
        return waitMillis;
    }

    /** All limits that are on, as they stand now. */
    public List<LimitStatus> statuses(
            int pending, Spending daySpending, Spending monthSpending, long held) {
        return readings.statuses(pending, daySpending, monthSpending, held, tokenWaitMillis);
    }

    private static boolean isFull(long limit, long used) {
        return limit != EffectivePolicy.UNLIMITED && used >= limit;
    }

    private void violate(String name, String why, long wait) {
        if (isShadow(name)) {
            shadowed = with(shadowed, name);
            return;
        }
        violated = with(violated, name);
        reason = reason == null ? why : reason;
        hopeless |= wait == UNKNOWN;
        waitMillis = Math.max(waitMillis, wait);
    }

    private boolean isShadow(String name) {
        return !policy.shadow().isEmpty() && policy.shadow().contains(name);
    }

    private static List<String> with(List<String> names, String name) {
        if (names.contains(name)) {
            return names;
        }
        List<String> longer = new ArrayList<>(names.size() + 1);
        longer.addAll(names);
        longer.add(name);
        return longer;
    }
}
