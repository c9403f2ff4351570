package io.sluice.pipeline.enforce;

import io.sluice.contract.Budget;
import io.sluice.contract.BudgetAction;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Names;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ReservePrice;
import io.sluice.pipeline.budget.Saturating;
import io.sluice.pipeline.budget.Spending;
import io.sluice.pipeline.limit.LimitReview;
import org.jspecify.annotations.Nullable;

/**
 * What a call reserves before it is made: its input estimate and all the output it may produce, and
 * the most that these can cost on the model that is to answer. Immutable.
 */
final class Reservation {
    /** A single call counts as at most so many tokens, so that sums stay within a long. */
    static final long MOST_TOKENS = 1_000_000_000_000L;

    private final String model;
    private final long inputTokens;
    private final long tokens;
    private final @Nullable ReservePrice price;
    private final long outputTokens;

    private Reservation(RequestFacts facts, String model, long earlierTokens) {
        this.model = model;
        this.inputTokens =
                bounded(Saturating.sum(bounded(facts.estimatedInputTokens()), earlierTokens));
        this.outputTokens = bounded(facts.maxTokens());
        this.tokens = bounded(inputTokens + outputTokens);
        this.price = facts.prices().get(model);
    }

    /** What a request reserves on a model, after turns of so many tokens. */
    static Reservation of(RequestFacts facts, String model, long earlierTokens) {
        return new Reservation(facts, model, earlierTokens);
    }

    /**
     * The cheaper model that a spent budget turns this call to; null if none does. Notes the spent
     * budgets in {@code review}.
     */
    @Nullable String downgrade(
            EffectivePolicy policy, Spending day, Spending month, long held, LimitReview review) {
        String byDay = downgrade(Names.BUDGET_PER_DAY, policy.dayBudget(), day, held, review);
        String byMonth =
                downgrade(Names.BUDGET_PER_MONTH, policy.monthBudget(), month, held, review);
        return byDay == null ? byMonth : byDay;
    }

    /** The model that is to answer. */
    String model() {
        return model;
    }

    /** Reserved tokens: input and output. */
    long tokens() {
        return tokens;
    }

    /** Reserved money, 10^-12 USD; 0 if the model has no price. */
    long picoUsd() {
        return price == null ? 0 : price.reserve(inputTokens, outputTokens);
    }

    /** Whether the model has no price. */
    boolean unpriced() {
        return price == null;
    }

    private @Nullable String downgrade(
            String name,
            @Nullable Budget budget,
            Spending spending,
            long held,
            LimitReview review) {
        if (budget == null
                || budget.action() != BudgetAction.DOWNGRADE
                || LimitReview.fits(budget, spending, held, picoUsd())) {
            return null;
        }
        return review.downgrades(name) ? budget.downgradeTo() : null;
    }

    private static long bounded(long tokens) {
        return Math.max(0, Math.min(tokens, MOST_TOKENS));
    }
}
