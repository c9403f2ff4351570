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
    void theOneWhoseDeadlineComesFirstIsCalledAndWhoIsTooLateFailsByItsOwn() {
        EngineAt at = new EngineAt(policy);
        waiting(at, 1_000, 1_001, 9_000, 5_000, 5_000, 7_000);
        at.end(Facts.failed("r0"), NOW + 1_001);
        assertThat(at.effects.open).containsOnlyKeys("r3");
        assertThat(at.effects.lines).contains("failParked r1 deadline");
        at.end(Facts.succeeded("r3"), NOW + 1_002);
        assertThat(at.effects.endings)
                .containsEntry("r2", "answered")
                .containsEntry("r4", "answered")
                .containsEntry("r5", "answered");
    }

    @Test
    void aCallThatFailsIsReplacedOnceHoweverManyWereWithdrawn() {
        EngineAt at = new EngineAt(policy);
        waiting(at, 60_000, 60_000, 60_000, 60_000, 60_000, 60_000);
        at.end(Ending.WITHDRAWN, "r0", NOW + 1);
        at.end(Ending.WITHDRAWN, "r1", NOW + 2);
        at.end(Ending.FAILED, "r2", NOW + 3);
        at.end(Ending.WITHDRAWN, "r3", NOW + 4);
        assertThat(at.effects.open).containsOnlyKeys("r4");
        at.end(Ending.FAILED, "r4", NOW + 5);
        assertThat(at.effects.lines).contains("failParked r5 model-error");
        assertThat(at.state.slot("llm:vendor.unit:p")).isNull();
    }

    @Test
    void aLeaderThatWasNeverCalledInTimeIsNoCallThatFailed() {
        EngineAt at = new EngineAt(policy);
        waiting(at, 1_000, 2_000, 3_000, 4_000, 5_000);
        at.end(Ending.LATE, "r0", NOW + 1_000);
        at.end(Ending.LATE, "r1", NOW + 2_000);
        at.end(Ending.TIMED_OUT, "r2", NOW + 3_000);
        assertThat(at.effects.open).containsOnlyKeys("r3");
        at.end(Ending.TIMED_OUT, "r3", NOW + 4_000);
        assertThat(at.effects.lines).contains("failParked r4 model-error");
    }

    @Test
    void whereThereIsNoRoomTheReasonIsNobodyElses() {
        EffectivePolicy less = policy.toBuilder().version(2).tokensPerMinute(399).build();
        EffectivePolicy poorDay =
                policy.toBuilder().version(2).dayBudget(Models.block(399)).build();
        EffectivePolicy poorMonth =
                policy.toBuilder().version(2).monthBudget(Models.block(399)).build();
        assertThat(lastWords(less, Ending.WITHDRAWN)).endsWith(Names.TOKENS_PER_MINUTE);
        assertThat(lastWords(poorDay, Ending.WITHDRAWN)).endsWith(Names.BUDGET_PER_DAY);
        assertThat(lastWords(poorMonth, Ending.LATE)).endsWith(Names.BUDGET_PER_MONTH);
        assertThat(lastWords(less, Ending.FAILED)).endsWith(Names.MODEL_ERROR);
    }

    /** What is said to the one that waits when less room is left than the failed leader held. */
    private String lastWords(EffectivePolicy poorer, Ending ending) {
        EngineAt at = new EngineAt(policy);
        at.ask("r0", "p", NOW, 400);
        at.ask("r1", "p", NOW, 400);
        at.policy = poorer;
        at.ask("other", "q", NOW, 0);
        at.end(ending, "r0", NOW + 1);
        assertThat(at.effects.open).isEmpty();
        return at.effects.lines.stream()
                .filter(line -> line.startsWith("failParked r1"))
                .findAny()
                .orElseThrow();
    }

    /** The first is called, the others wait; their clients wait for so long. */
    private static void waiting(EngineAt at, long... patience) {
        for (int i = 0; i < patience.length; i++) {
            at.ask(at.request("r" + i, "p", NOW, 10).deadlineAtMillis(NOW + patience[i]).build());
        }
        assertThat(at.effects.parked).hasSize(patience.length - 1);
    }

    @Test
    void whatLeftTheMinuteMakesRoomForIt() {
        EngineAt at = new EngineAt(policy.toBuilder().tokensPerMinute(500).build());
        at.ask("other", "other", NOW, 100);
        at.end(Facts.succeeded("other").usage(Usage.of(0, 100)), NOW);
        at.ask("a", "p", NOW + 10, 400);
        at.ask(at.request("b", "p", NOW + 20, 400).deadlineAtMillis(NOW + 90_000).build());
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
