package io.sluice.pipeline.enforce;

import io.sluice.contract.Budget;
import io.sluice.contract.Decision;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Names;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.RequestFacts;
import io.sluice.pipeline.alert.BudgetUse;
import io.sluice.pipeline.alert.Observation;
import io.sluice.pipeline.budget.Spending;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the engine's decisions look like to those who watch. Stateless. */
final class Observations {
    private Observations() {}

    /** A request that was decided. */
    static Observation of(TenantCore core, RequestFacts facts, Decision decision) {
        String cheaper = decision.downgradedTo();
        return of(core, facts.tenantId())
                .decided(decision.outcome(), decision.reason())
                .model(cheaper == null ? facts.model() : cheaper, decision.unpriced())
                .build();
    }

    /** A call that ended its hold. */
    static Observation of(TenantCore core, OutcomeFacts facts) {
        boolean succeeded = facts.status() == OutcomeStatus.SUCCEEDED;
        boolean withdrawn = facts.status() == OutcomeStatus.CANCELLED;
        return of(core, facts.tenantId())
                .ended(succeeded, withdrawn ? Names.CANCELLED : facts.reason())
                .model(
                        facts.model(),
                        succeeded
                                && !facts.stale()
                                && Names.UNPRICED_PRICE_VERSION.equals(facts.priceVersion()))
                .call(facts.costPicoUsd(), facts.latencyMillis(), facts.usage())
                .build();
    }

    private static Observation.Builder of(TenantCore core, String tenantId) {
        EffectivePolicy policy = Objects.requireNonNull(core.policy());
        return Observation.builder()
                .tenant(tenantId, policy.tier())
                .event(core.seq(), core.arrivalMillis())
                .budgets(
                        use(core.daySpending(), policy.dayBudget()),
                        use(core.monthSpending(), policy.monthBudget()));
    }

    private static BudgetUse use(Spending spending, @Nullable Budget budget) {
        return new BudgetUse(
                spending.startMillis(),
                spending.spentPicoUsd(),
                budget == null ? BudgetUse.UNLIMITED : budget.limitPicoUsd());
    }
}
