package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.CacheRules;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Names;
import io.sluice.contract.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a follower may take the place of a failed leader. */
class PromotionTest {
    private static final long NOW = Facts.NOON;

    private final EffectivePolicy policy =
            Facts.policy().tokensPerMinute(1_000).cache(CacheRules.SHIPPED).build();

    @Test
    void itTakesTheReservationOver() {
        EngineAt at = failing(policy.toBuilder().dayBudget(Models.block(1_000)).build(), 400, 0, 0);
        assertThat(at.effects.open).containsOnlyKeys("b");
        assertThat(at.state.core().minute().tokens()).isEqualTo(400);
        assertThat(at.state.core().holds().heldPicoUsd()).isEqualTo(400);
        assertThat(at.state.core().holds().pending()).isEqualTo(2);
        at.end(Facts.succeeded("b").usage(Usage.of(1, 2)), NOW + 20);
        assertThat(at.effects.endings).containsEntry("c", "answered");
        assertThat(at.state.core().minute().tokens()).isEqualTo(3);
        assertThat(at.state.core().holds().isEmpty()).isTrue();
    }

    @Test
    void itNeedsTheTokensToBeThere() {
        assertThat(failing(policy, 400, 600, 0).effects.open).containsOnlyKeys("b");
        EngineAt full = failing(policy, 400, 601, 0);
        assertThat(full.effects.open).isEmpty();
        assertThat(full.effects.endings).containsEntry("b", "failed").containsEntry("c", "failed");
        assertThat(full.state.core().holds().isEmpty()).isTrue();
        EffectivePolicy shadow =
                policy.toBuilder().shadow(List.of(Names.TOKENS_PER_MINUTE)).build();
        assertThat(failing(shadow, 400, 601, 0).effects.open).containsOnlyKeys("b");
    }

    @Test
    void itNeedsTheMoneyOfTheDayAndOfTheMonthToBeThere() {
        EffectivePolicy day = policy.toBuilder().dayBudget(Models.block(1_000)).build();
        EffectivePolicy month = policy.toBuilder().monthBudget(Models.block(1_000)).build();
        for (EffectivePolicy budget : List.of(day, month)) {
            assertThat(failing(budget, 400, 0, 600).effects.open).containsOnlyKeys("b");
            assertThat(failing(budget, 400, 0, 601).effects.open).isEmpty();
            EffectivePolicy shadow =
                    budget.toBuilder()
                            .shadow(List.of(Names.BUDGET_PER_DAY, Names.BUDGET_PER_MONTH))
                            .build();
            assertThat(failing(shadow, 400, 0, 601).effects.open).containsOnlyKeys("b");
        }
    }

    @Test
    void whatLeftTheMinuteMakesRoomForIt() {
        EngineAt at = new EngineAt(policy.toBuilder().tokensPerMinute(500).build());
        at.ask("other", "other", NOW, 100);
        at.end(Facts.succeeded("other").usage(Usage.of(0, 100)), NOW);
        at.ask("a", "p", NOW + 10, 400);
        at.ask("b", "p", NOW + 20, 400);
        at.end(Facts.failed("a").usage(Usage.of(0, 50)), NOW + 65_000);
        assertThat(at.effects.open).containsOnlyKeys("b");
    }

    /** One that holds so much fails, having used or cost so much, before two that wait for it. */
    private static EngineAt failing(EffectivePolicy policy, long held, long used, long picoUsd) {
        EngineAt at = new EngineAt(policy);
        at.ask("a", "p", NOW, held);
        at.ask("b", "p", NOW + 1, held);
        at.ask("c", "p", NOW + 2, held);
        at.end(Facts.failed("a").usage(Usage.of(0, used)).costPicoUsd(picoUsd), NOW + 10);
        return at;
    }
}
