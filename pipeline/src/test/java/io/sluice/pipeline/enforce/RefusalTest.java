package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Budget;
import io.sluice.contract.BudgetAction;
import io.sluice.contract.CacheRules;
import io.sluice.contract.Decision;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Names;
import io.sluice.contract.Usage;
import io.sluice.contract.Verdict;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a refusal says, when more than one thing stands against a request. */
class RefusalTest {
    private static final long NOW = Facts.NOON;

    private final EffectivePolicy policy =
            Facts.policy()
                    .requestsPerMinute(1)
                    .cache(CacheRules.SHIPPED.withLlmTtlMillis(50_000))
                    .build();

    @Test
    void r8ItNamesEveryLimitAndTheWaitForAll() {
        EngineAt at = new EngineAt(policy.toBuilder().dayBudget(Models.block(100)).build());
        at.ask("a", "p", NOW, 100);
        at.end(Facts.succeeded("a").costPicoUsd(100), NOW + 1);
        Decision refused = at.ask("b", "q", NOW + 10, 1);
        assertThat(refused.reason()).isEqualTo(Names.REQUESTS_PER_MINUTE);
        assertThat(refused.violated())
                .containsExactly(Names.REQUESTS_PER_MINUTE, Names.BUDGET_PER_DAY);
        assertThat(refused.retryAfterMillis()).isEqualTo(43_200_000 - 10);
    }

    @Test
    void r8AnAnswerThatIsStillFreshThenNeedsNoMoney() {
        EngineAt at = new EngineAt(policy.toBuilder().dayBudget(Models.block(100)).build());
        at.ask("a", "p", NOW, 100);
        at.end(Facts.succeeded("a").costPicoUsd(100), NOW + 20_000);
        Decision fresh = at.ask("b", "p", NOW + 20_001, 1);
        assertThat(fresh.violated()).containsExactly(Names.REQUESTS_PER_MINUTE);
        assertThat(fresh.retryAfterMillis()).isEqualTo(39_999);
        assertThat(at.ask("c", "p", NOW + 60_000, 1).outcome()).isEqualTo(Verdict.CACHE_HIT);
    }

    @Test
    void r8AnAnswerThatIsTooOldThenDoes() {
        EngineAt at = new EngineAt(policy.toBuilder().dayBudget(Models.block(100)).build());
        at.ask("a", "p", NOW, 100);
        at.end(Facts.succeeded("a").costPicoUsd(100), NOW + 10_000);
        assertThat(at.ask("b", "p", NOW + 10_001, 1).violated())
                .containsExactly(Names.REQUESTS_PER_MINUTE, Names.BUDGET_PER_DAY);
    }

    @Test
    void r8NobodyKnowsWhenAFullQueueHasRoom() {
        EngineAt at = new EngineAt(policy.toBuilder().maxPending(1).build());
        at.ask("a", "p", NOW, 1);
        Decision refused = at.ask("b", "q", NOW + 1, 1);
        assertThat(refused.violated())
                .containsExactly(Names.REQUESTS_PER_MINUTE, Names.MAX_PENDING);
        assertThat(refused.retryAfterMillis()).isEqualTo(-1);
    }

    @Test
    void aModelWithoutAPriceIsRefusedUnderABudgetThatBlocksOnly() {
        Budget block = Models.block(100);
        Budget warn = Budget.of(100, BudgetAction.WARN, null);
        assertThat(unpriced(f -> f.dayBudget(block)).reason()).isEqualTo(Names.UNPRICED);
        assertThat(unpriced(f -> f.monthBudget(block)).reason()).isEqualTo(Names.UNPRICED);
        Decision warned = unpriced(f -> f.dayBudget(warn).monthBudget(warn));
        assertThat(warned.outcome()).isEqualTo(Verdict.INVOKED);
        assertThat(warned.unpriced()).isTrue();
        Decision shadow = unpriced(f -> f.dayBudget(block).shadow(List.of(Names.BUDGET_PER_DAY)));
        assertThat(shadow.outcome()).isEqualTo(Verdict.INVOKED);
        assertThat(shadow.shadow()).containsExactly(Names.BUDGET_PER_DAY);
    }

    @Test
    void aSpentBudgetThatDowngradesServesWhatTheCheaperModelAnswered() {
        EngineAt at =
                new EngineAt(
                        Facts.policy()
                                .maxPending(2)
                                .dayBudget(Budget.of(0, BudgetAction.DOWNGRADE, Models.FREE))
                                .cache(CacheRules.SHIPPED)
                                .build());
        Decision first = at.ask("a", "p", NOW, 10);
        assertThat(first.outcome()).isEqualTo(Verdict.INVOKED);
        assertThat(first.downgradedTo()).isEqualTo(Models.FREE);
        assertThat(first.warnings()).containsExactly(Names.BUDGET_PER_DAY);
        assertThat(at.ask("b", "p", NOW + 1, 10).outcome()).isEqualTo(Verdict.COALESCED);
        assertThat(at.ask("c", "p", NOW + 2, 10).reason()).isEqualTo(Names.QUEUE_FULL);
        at.end(Facts.succeeded("a").model(Models.FREE).usage(Usage.of(1, 1)), NOW + 3);
        at.ask("x", "x", NOW + 4, 10);
        at.ask("y", "y", NOW + 5, 10);
        Decision served = at.ask("d", "p", NOW + 6, 10);
        assertThat(served.outcome())
                .as("a full queue is nothing to an answer")
                .isEqualTo(Verdict.CACHE_HIT);
        assertThat(served.downgradedTo()).isEqualTo(Models.FREE);
    }

    private static Decision unpriced(UnaryOperator<EffectivePolicy.Builder> budgets) {
        EngineAt at = new EngineAt(budgets.apply(Facts.policy()).build());
        return at.ask(at.request("a", "p", NOW, 1).model(Models.UNPRICED).build());
    }
}
