package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Budget;
import io.sluice.contract.BudgetAction;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Names;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.Verdict;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.jspecify.annotations.Nullable;

/** What budgets and holds promise. */
@Domain(Schedules.class)
@Domain(DomainContext.Global.class)
class BudgetPropertiesTest {
    @Provide
    Arbitrary<Schedule> calm() {
        return Schedules.calm();
    }

    @Property
    void b1NothingIsInvokedBeyondABudgetThatBlocks(@ForAll Schedule schedule) {
        Observed observed = new Observed();
        for (LogRecord record : schedule.log()) {
            EffectsLog.Decided decided = observed.apply(record);
            if (decided != null && decided.decision().outcome() == Verdict.INVOKED) {
                EffectivePolicy policy = schedule.policy(decided.decision());
                assertThat(observed.used(false))
                        .isLessThanOrEqualTo(blocking(policy, policy.dayBudget(), false));
                assertThat(observed.used(true))
                        .isLessThanOrEqualTo(blocking(policy, policy.monthBudget(), true));
            }
        }
    }

    @Property
    void b1OvershootIsAtMostWhatCallsCostBeyondTheirHolds(@ForAll("calm") Schedule schedule) {
        EffectivePolicy policy = schedule.policies().get(0);
        Observed observed = new Observed();
        long beyond = 0;
        for (LogRecord record : schedule.log()) {
            if (record.event() instanceof OutcomeEvent outcome) {
                Hold hold = observed.hold(outcome.facts().requestId());
                long held = hold == null ? 0 : hold.picoUsd();
                beyond += Math.max(0, outcome.facts().costPicoUsd() - held);
            }
            observed.apply(record);
            assertThat(observed.used(true) - beyond)
                    .isLessThanOrEqualTo(blocking(policy, policy.monthBudget(), true));
            assertThat(observed.used(false) - beyond)
                    .isLessThanOrEqualTo(blocking(policy, policy.dayBudget(), false));
        }
    }

    @Property
    void b2TheSumsOfHoldsAreTheSumsOfHolds(@ForAll Schedule schedule) {
        Observed observed = new Observed();
        for (LogRecord record : schedule.log()) {
            observed.apply(record);
            Holds holds = observed.history.state.core().holds();
            assertThat(holds.pending()).isEqualTo((int) observed.pending());
            assertThat(holds.heldPicoUsd()).isEqualTo(observed.heldPicoUsd());
        }
    }

    @Property
    void b2NothingIsHeldWhenEverythingHasEnded(@ForAll Schedule schedule, @ForAll Ending ending) {
        Script script = schedule.script();
        script.endAll(ending);
        StoredTenantState state = new StoredTenantState();
        History.of(script.log(), state);
        assertThat(state.core().holds().isEmpty()).isTrue();
        assertThat(state.core().holds().pending()).isZero();
        assertThat(state.core().holds().heldPicoUsd()).isZero();
        assertThat(state.count("hold")).isZero();
    }

    @Property
    void b3ARetryHoldsNothingMore(@ForAll Schedule schedule) {
        History history = new History();
        for (LogRecord record : schedule.log()) {
            history.apply(record);
            if (record.event() instanceof RequestEvent) {
                Holds holds = history.state.core().holds();
                long held = holds.heldPicoUsd();
                int pending = holds.pending();
                long tokens = history.state.core().minute().tokens();
                assertThat(history.apply(record)).isFalse();
                assertThat(holds.heldPicoUsd()).isEqualTo(held);
                assertThat(holds.pending()).isEqualTo(pending);
                assertThat(history.state.core().minute().tokens()).isEqualTo(tokens);
            }
        }
    }

    @Property
    void b4B5B6EveryEndOfACallIsBookedOnceAndAsItIs(@ForAll Schedule schedule) {
        History history = new History();
        for (LogRecord record : schedule.log()) {
            if (record.event() instanceof OutcomeEvent outcome) {
                OutcomeFacts facts = outcome.facts();
                Hold hold = history.state.core().holds().get(facts.requestId(), history.state);
                boolean callEnds = hold != null && hold.role() != Hold.Role.FOLLOWER;
                long booked = history.effects.bookedPicoUsd;
                long spent = history.state.core().monthSpending().spentPicoUsd();
                assertThat(history.apply(record)).isEqualTo(callEnds);
                long cost = callEnds ? facts.costPicoUsd() : 0;
                assertThat(history.effects.bookedPicoUsd - booked).isEqualTo(cost);
                assertThat(history.state.core().monthSpending().spentPicoUsd() - spent)
                        .isEqualTo(cost);
                assertThat(history.apply(record)).isFalse();
                assertThat(history.effects.bookedPicoUsd - booked).isEqualTo(cost);
            } else {
                history.apply(record);
            }
        }
    }

    private static long blocking(EffectivePolicy policy, @Nullable Budget budget, boolean month) {
        String name = month ? Names.BUDGET_PER_MONTH : Names.BUDGET_PER_DAY;
        return budget == null
                        || budget.action() != BudgetAction.BLOCK
                        || policy.shadow().contains(name)
                ? Long.MAX_VALUE
                : budget.limitPicoUsd();
    }
}
