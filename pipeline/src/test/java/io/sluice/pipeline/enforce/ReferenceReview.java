package io.sluice.pipeline.enforce;

import io.sluice.contract.Budget;
import io.sluice.contract.BudgetAction;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Names;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One request held against all limits, by adding up the books. */
final class ReferenceReview {
    private static final long NEVER = -1;

    private final EffectivePolicy policy;
    private final ReferenceBooks books;
    private final ReferenceCalls calls;
    private final long now;
    final SortedSet<String> violated = new TreeSet<>();
    final SortedSet<String> shadow = new TreeSet<>();
    final SortedSet<String> warnings = new TreeSet<>();
    final List<Long> waits = new ArrayList<>();
    @Nullable String reason;
    private long tokensReset = NEVER;

    ReferenceReview(
            EffectivePolicy policy, ReferenceBooks books, ReferenceCalls calls, long nowMillis) {
        this.policy = policy;
        this.books = books;
        this.calls = calls;
        this.now = nowMillis;
    }

    void requests() {
        long perMinute = policy.requestsPerMinute();
        if (isOver(perMinute, books.inMinute(now), 1)) {
            violate(Names.REQUESTS_PER_MINUTE, Names.REQUESTS_PER_MINUTE, minuteWait(perMinute));
        }
        if (isOver(policy.requestsPerDay(), books.inDay(now), 1)) {
            long wait = policy.requestsPerDay() == 0 ? NEVER : untilEnd(false);
            violate(Names.REQUESTS_PER_DAY, Names.REQUESTS_PER_DAY, wait);
        }
    }

    void pending() {
        if (isOver(policy.maxPending(), calls.pending(), 1)) {
            violate(Names.MAX_PENDING, Names.QUEUE_FULL, NEVER);
        }
    }

    void tokens(long need) {
        long limit = policy.tokensPerMinute();
        if (isOver(limit, books.tokensInMinute(now), need)) {
            tokensReset =
                    need > limit
                            ? NEVER
                            : books.waitUntil(
                                    now, at -> !isOver(limit, books.tokensInMinute(at), need));
            violate(Names.TOKENS_PER_MINUTE, Names.TOKENS_PER_MINUTE, tokensReset);
        }
    }

    void budget(boolean month, long need, boolean unpriced) {
        Budget budget = budget(month);
        if (budget == null || budget.action() == BudgetAction.DOWNGRADE) {
            return;
        }
        boolean blocks = budget.action() == BudgetAction.BLOCK;
        if (!fits(month, need)) {
            if (blocks) {
                boolean later = !isOver(budget.limitPicoUsd(), calls.heldPicoUsd(), need);
                violate(name(month), name(month), later ? untilEnd(month) : NEVER);
            } else {
                warnings.add(name(month));
            }
        }
        if (unpriced && blocks && policy.shadow().contains(name(month))) {
            shadow.add(name(month));
        }
    }

    boolean refusesUnpriced() {
        return refusesUnpriced(false) || refusesUnpriced(true);
    }

    private boolean refusesUnpriced(boolean month) {
        Budget budget = budget(month);
        return budget != null
                && budget.action() == BudgetAction.BLOCK
                && !policy.shadow().contains(name(month));
    }

    /** The model that a spent budget turns to; null if none. */
    @Nullable String downgrade(boolean month, long need) {
        Budget budget = budget(month);
        if (budget == null || budget.action() != BudgetAction.DOWNGRADE || fits(month, need)) {
            return null;
        }
        if (policy.shadow().contains(name(month))) {
            shadow.add(name(month));
            return null;
        }
        warnings.add(name(month));
        return budget.downgradeTo();
    }

    void refuse(String why) {
        reason = reason == null ? why : reason;
        waits.add(NEVER);
    }

    long longestWait() {
        return Math.max(0, waits.stream().mapToLong(wait -> wait).max().orElse(0));
    }

    long retryAfterMillis() {
        return reason == null || waits.contains(NEVER) ? NEVER : longestWait();
    }

    List<LimitStatus> statuses() {
        List<LimitStatus> all = new ArrayList<>();
        long perMinute = policy.requestsPerMinute();
        long inMinute = books.inMinute(now);
        long oldest = books.oldestLeaves(now);
        long reset =
                perMinute == 0
                        ? 60_000
                        : isOver(perMinute, inMinute, 1) ? minuteWait(perMinute) : oldest;
        add(all, Names.REQUESTS_PER_MINUTE, perMinute, inMinute, reset);
        add(
                all,
                Names.REQUESTS_PER_DAY,
                policy.requestsPerDay(),
                books.inDay(now),
                untilEnd(false));
        add(
                all,
                Names.TOKENS_PER_MINUTE,
                policy.tokensPerMinute(),
                books.tokensInMinute(now),
                tokensReset == NEVER ? oldest : tokensReset);
        add(all, Names.MAX_PENDING, policy.maxPending(), calls.pending(), NEVER);
        for (boolean month : new boolean[] {false, true}) {
            Budget budget = budget(month);
            if (budget != null) {
                add(all, name(month), budget.limitPicoUsd(), used(month), untilEnd(month));
            }
        }
        return all;
    }

    private static void add(
            List<LimitStatus> all, String name, long limit, long used, long resetMillis) {
        if (limit != EffectivePolicy.UNLIMITED) {
            long left = Math.max(0, limit - used);
            all.add(LimitStatus.of(name, limit, left, Math.max(0, used - limit), resetMillis));
        }
    }

    private void violate(String name, String why, long wait) {
        if (policy.shadow().contains(name)) {
            shadow.add(name);
        } else {
            violated.add(name);
            reason = reason == null ? why : reason;
            waits.add(wait);
        }
    }

    private long minuteWait(long limit) {
        return limit == 0
                ? NEVER
                : books.waitUntil(now, at -> !isOver(limit, books.inMinute(at), 1));
    }

    private long untilEnd(boolean month) {
        return ReferenceBooks.untilPeriodEnds(month, now);
    }

    boolean fits(boolean month, long need) {
        Budget budget = budget(month);
        return budget == null || !isOver(budget.limitPicoUsd(), used(month), need);
    }

    private long used(boolean month) {
        BigInteger spent = BigInteger.valueOf(books.spent(month, now));
        return ReferenceBooks.capped(spent.add(BigInteger.valueOf(calls.heldPicoUsd())));
    }

    private @Nullable Budget budget(boolean month) {
        return month ? policy.monthBudget() : policy.dayBudget();
    }

    private static String name(boolean month) {
        return month ? Names.BUDGET_PER_MONTH : Names.BUDGET_PER_DAY;
    }

    static boolean isOver(long limit, long used, long need) {
        return limit >= 0
                && BigInteger.valueOf(used)
                                .add(BigInteger.valueOf(need))
                                .compareTo(BigInteger.valueOf(limit))
                        > 0;
    }
}
