package io.sluice.pipeline.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Budget;
import io.sluice.contract.BudgetAction;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Names;
import io.sluice.pipeline.budget.Spending;
import io.sluice.pipeline.enforce.Facts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** R4: in whatever order limits are looked at, the same ones refuse, for as long. */
class ReviewOrderPropertiesTest {
    private static final long NOW = Facts.NOON;

    private record Verdict(
            boolean refused,
            Set<String> violated,
            Set<String> shadowed,
            Set<String> warnings,
            long retryAfterMillis,
            List<LimitStatus> statuses) {}

    @Property
    void r4TheOrderOfLookingDoesNotChangeTheVerdict(
            @ForAll @IntRange(max = 3) int used,
            @ForAll @IntRange(max = 300) int need,
            @ForAll BudgetAction action,
            @ForAll boolean inShadow,
            @ForAll long order) {
        EffectivePolicy policy =
                Facts.policy()
                        .requestsPerMinute(2)
                        .requestsPerDay(3)
                        .tokensPerMinute(250)
                        .maxPending(2)
                        .dayBudget(budget(200, action))
                        .monthBudget(budget(260, BudgetAction.BLOCK))
                        .shadow(inShadow ? List.of(Names.TOKENS_PER_MINUTE) : List.of())
                        .build();
        assertThat(look(policy, used, need, new Random(order)))
                .isEqualTo(look(policy, used, need, null));
    }

    private static Verdict look(EffectivePolicy policy, int used, int need, Random order) {
        KeptChunks chunks = new KeptChunks();
        SlidingLog minute = new SlidingLog();
        DayCount day = new DayCount(NOW - NOW % 86_400_000, used);
        for (int i = 0; i < used; i++) {
            minute.append(NOW - 100 + i, 50, chunks);
        }
        Spending spent = new Spending(Spending.Period.DAY, NOW, 10L * used);
        LimitReview review = new LimitReview(policy, minute, day, NOW, chunks);
        List<Runnable> looks = new ArrayList<>();
        looks.add(review::requests);
        looks.add(() -> review.pending(used));
        looks.add(() -> review.tokens(need));
        looks.add(() -> review.budget(Names.BUDGET_PER_DAY, policy.dayBudget(), spent, 5, need));
        looks.add(
                () -> review.budget(Names.BUDGET_PER_MONTH, policy.monthBudget(), spent, 5, need));
        if (order != null) {
            Collections.shuffle(looks, order);
        }
        looks.forEach(Runnable::run);
        return new Verdict(
                review.refused(),
                new TreeSet<>(review.violated()),
                new TreeSet<>(review.shadowed()),
                new TreeSet<>(review.warnings()),
                review.retryAfterMillis(),
                review.statuses(used, spent, spent, 5));
    }

    private static Budget budget(long limit, BudgetAction action) {
        return Budget.of(limit, action, action == BudgetAction.DOWNGRADE ? "cheap" : null);
    }
}
