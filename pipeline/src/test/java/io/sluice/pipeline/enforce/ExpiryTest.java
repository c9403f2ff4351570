package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.CacheRules;
import io.sluice.contract.CommandEvent;
import io.sluice.contract.Decision;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Names;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ReservePrice;
import io.sluice.contract.Usage;
import io.sluice.contract.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How holds end, at the edges of their time. */
class ExpiryTest {
    private static final long NOW = Facts.NOON;
    private static final long DUE = NOW + 60_000 + Admission.GRACE_MILLIS;
    private static final long LATE = 30L * 86_400_000;

    private final InMemoryTenantState state = new InMemoryTenantState();
    private final EffectsLog effects = new EffectsLog();
    private final Engine engine = new Engine();
    private EffectivePolicy policy =
            Facts.policy()
                    .tokensPerMinute(1_000)
                    .maxPending(2)
                    .dayBudget(Models.block(1_000))
                    .cache(CacheRules.SHIPPED)
                    .build();

    @Test
    void d8AHoldLivesForItsDeadlineAndTheLongestAttempt() {
        ask("a", NOW, 100);
        expire(DUE - 1);
        assertThat(state.held()).containsExactly("a");
        expire(DUE);
        assertThat(state.held()).isEmpty();
        assertThat(state.core().holds().heldPicoUsd()).isZero();
        assertThat(state.core().holds().pending()).isZero();
        assertThat(state.core().holds().isEmpty()).as("kept for a late outcome").isFalse();
    }

    @Test
    void d8AnExpiredHoldMakesRoomAtTheNextRequest() {
        ask("a", NOW, 500);
        ask("b", NOW, 500);
        assertThat(ask("c", NOW + 1, 0).violated()).contains(Names.MAX_PENDING);
        assertThat(ask("d", DUE - 1, 0).violated()).contains(Names.MAX_PENDING);
        assertThat(ask("e", DUE, 1_000).outcome()).isEqualTo(Verdict.INVOKED);
    }

    @Test
    void b4ALateOutcomeIsBookedOnce() {
        ask("a", NOW, 100);
        expire(DUE);
        assertThat(end("a", DUE + 5, 70)).isTrue();
        assertThat(state.core().daySpending().spentPicoUsd()).isEqualTo(70);
        assertThat(state.core().holds().isEmpty()).isTrue();
        assertThat(engine.onOutcome(state, outcome("a", 70), DUE + 6, effects)).isFalse();
        assertThat(state.core().daySpending().spentPicoUsd()).isEqualTo(70);
    }

    @Test
    void b4AnOutcomeThatComesWithItsExpirySettles() {
        ask("a", NOW, 100);
        assertThat(end("a", DUE, 70)).isTrue();
        assertThat(effects.endings).containsEntry("a", "settled");
        assertThat(state.core().holds().isEmpty()).isTrue();
    }

    @Test
    void b4AnOutcomeAfterThirtyDaysIsForgotten() {
        ask("a", NOW, 100);
        expire(DUE);
        expire(DUE + LATE - 1);
        assertThat(state.core().holds().isEmpty()).isFalse();
        expire(DUE + LATE);
        assertThat(state.core().holds().isEmpty()).isTrue();
        assertThat(engine.onOutcome(state, outcome("a", 70), DUE + LATE, effects)).isFalse();
    }

    @Test
    void anExpiredLeaderFailsWhoHasNoTimeLeftAndALateAnswerIsStillKept() {
        ask("a", NOW, 10, "p", 60_000);
        ask("b", NOW + 1, 10, "p", 60_000);
        expire(DUE - 1);
        assertThat(effects.parked).as("followers end with their leader").containsKey("b");
        expire(DUE);
        assertThat(effects.endings).containsEntry("b", "failed");
        assertThat(effects.lines).contains("failParked b deadline");
        assertThat(state.flights()).isZero();
        end("a", DUE + 5, 7);
        assertThat(ask("c", DUE + 6, 10, "p", 0).outcome()).isEqualTo(Verdict.CACHE_HIT);
    }

    @Test
    void anExpiredLeaderIsReplacedByWhoStillHasTimeAndItsLateAnswerIsForAll() {
        policy = policy.toBuilder().maxPending(4).build();
        ask("a", NOW, 10, "p", 60_000);
        for (String id : List.of("b", "c", "d")) {
            ask(id, NOW, 10, "p", 3_600_000);
        }
        expire(DUE);
        assertThat(effects.open).containsKey("b");
        assertThat(state.core().holds().heldPicoUsd()).isEqualTo(10);
        end("a", DUE + 5, 7);
        assertThat(effects.endings).containsEntry("c", "answered").containsEntry("d", "answered");
        assertThat(state.held()).as("its call goes on").containsExactly("b");
    }

    @Test
    void whoeverWaitsForASecondCallWhoseEndNeverComesFails() {
        policy = policy.toBuilder().maxPending(4).build();
        ask("a", NOW, 10, "p", 60_000);
        ask("b", NOW, 10, "p", 60_000);
        ask("c", NOW, 10, "p", 3_600_000);
        engine.onOutcome(state, Facts.failed("a").build(), NOW + 1, effects);
        expire(DUE);
        assertThat(effects.lines).contains("failParked c model-error");
        assertThat(state.flights()).isZero();
    }

    @Test
    void aLateOutcomeDoesNotEndTheFlightThatCameAfter() {
        ask("a", NOW, 10, "p", 60_000);
        expire(DUE);
        assertThat(ask("b", DUE + 1, 10, "p", 60_000).outcome()).isEqualTo(Verdict.INVOKED);
        ask("c", DUE + 2, 10, "p", 60_000);
        OutcomeFacts failed = Facts.failed("a").build();
        assertThat(engine.onOutcome(state, failed, DUE + 3, effects)).isTrue();
        assertThat(state.held()).containsExactly("b", "c");
        assertThat(state.flights()).isEqualTo(1);
    }

    @Test
    void aWithdrawnFollowerLeavesAndALeaderIsOnlyAskedTo() {
        ask("a", NOW, 10, "p", 60_000);
        ask("b", NOW, 10, "p", 60_000);
        command(Names.CANCEL_REQUEST, "b", NOW + 1);
        assertThat(effects.endings).containsEntry("b", "cancelled");
        command(Names.CANCEL_REQUEST, "a", NOW + 2);
        assertThat(effects.lines).contains("withdraw a");
        assertThat(state.held()).containsExactly("a");
        expire(DUE);
        int lines = effects.lines.size();
        command(Names.CANCEL_REQUEST, "a", DUE + 1);
        command(Names.CANCEL_REQUEST, "nobody", DUE + 1);
        assertThat(effects.lines).hasSize(lines);
    }

    @Test
    void b5ExplicitZeroUsageGivesEverythingBack() {
        ask("a", NOW, 400);
        OutcomeFacts none = outcome("a", 0).toBuilder().usage(Usage.NONE).build();
        engine.onOutcome(state, none, NOW + 1, effects);
        assertThat(ask("b", NOW + 2, 1_000).outcome()).isEqualTo(Verdict.INVOKED);
        assertThat(status(Names.TOKENS_PER_MINUTE).remaining()).isZero();
        assertThat(status(Names.BUDGET_PER_DAY).remaining()).isZero();
    }

    @Test
    void d7ACallThatWasShedKeepsItsPlaceAndGivesBackTokensAndMoney() {
        policy = policy.toBuilder().requestsPerMinute(2).build();
        ask("a", NOW, 1_000);
        OutcomeFacts shed = Facts.failed("a").reason(Names.LANE_FULL).build();
        engine.onOutcome(state, shed, NOW + 1, effects);
        assertThat(ask("b", NOW + 2, 1_000).outcome()).isEqualTo(Verdict.INVOKED);
        assertThat(ask("c", NOW + 3, 0).violated()).contains(Names.REQUESTS_PER_MINUTE);
    }

    @Test
    void whatACallUsesBeyondItsHoldStandsAsDebt() {
        ask("a", NOW, 900);
        OutcomeFacts much = outcome("a", 1_500).toBuilder().usage(Usage.of(600, 700)).build();
        engine.onOutcome(state, much, NOW + 1, effects);
        assertThat(ask("b", NOW + 2, 0).violated())
                .containsExactly(Names.TOKENS_PER_MINUTE, Names.BUDGET_PER_DAY);
        assertThat(status(Names.TOKENS_PER_MINUTE).debt()).isEqualTo(300);
        assertThat(status(Names.BUDGET_PER_DAY).debt()).isEqualTo(500);
    }

    @Test
    void r5NumbersAtTheEndOfALongNeitherOverflowNorMakeRoom() {
        policy = Facts.policy().build();
        QuietEffects quiet = new QuietEffects();
        for (int i = 0; i < 12; i++) {
            RequestFacts facts =
                    request("r" + i, NOW, Long.MAX_VALUE, "p" + i, 60_000).toBuilder()
                            .estimatedInputTokens(Long.MAX_VALUE)
                            .prices(Map.of(Models.UNIT, dearest()))
                            .build();
            assertThat(engine.onRequest(state, facts, NOW, quiet)).isTrue();
        }
        assertThat(state.core().holds().heldPicoUsd()).isEqualTo(Long.MAX_VALUE);
        OutcomeFacts huge =
                outcome("r0", Long.MAX_VALUE).toBuilder()
                        .usage(Usage.of(Long.MAX_VALUE, Long.MAX_VALUE))
                        .build();
        engine.onOutcome(state, huge, NOW, quiet);
        engine.onOutcome(state, huge.toBuilder().requestId("r1").build(), NOW, quiet);
        assertThat(state.core().daySpending().spentPicoUsd()).isEqualTo(Long.MAX_VALUE);
        assertThat(state.core().minute().tokens()).isPositive();
        policy =
                Facts.policy()
                        .version(2)
                        .tokensPerMinute(1_000)
                        .dayBudget(Models.block(Long.MAX_VALUE - 1))
                        .build();
        engine.onRequest(state, request("last", NOW, 1, "p", 0), NOW, quiet);
        assertThat(quiet.decision.violated())
                .containsExactly(Names.TOKENS_PER_MINUTE, Names.BUDGET_PER_DAY);
        for (int i = 2; i < 12; i++) {
            OutcomeFacts end = Facts.failed("r" + i).build();
            engine.onOutcome(state, end, NOW, quiet);
        }
        assertThat(state.core().holds().heldPicoUsd()).isZero();
    }

    private static ReservePrice dearest() {
        return ReservePrice.flat(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    private LimitStatus status(String name) {
        List<EffectsLog.Decided> all = effects.decided;
        return all.get(all.size() - 1).decision().limits().stream()
                .filter(status -> status.name().equals(name))
                .findAny()
                .orElseThrow();
    }

    private Decision ask(String id, long atMillis, long tokens) {
        return ask(id, atMillis, tokens, "of " + id, 60_000);
    }

    private Decision ask(String id, long atMillis, long tokens, String prompt, long deadline) {
        engine.onRequest(state, request(id, atMillis, tokens, prompt, deadline), atMillis, effects);
        return effects.decided.get(effects.decided.size() - 1).decision();
    }

    /** One token costs one 10^-12 USD. */
    private RequestFacts request(
            String id, long atMillis, long tokens, String prompt, long deadlineMillis) {
        return Facts.request(id, atMillis)
                .policy(policy)
                .model(Models.UNIT)
                .prices(Models.PRICES)
                .promptHash(prompt)
                .estimatedInputTokens(0)
                .maxTokens(tokens)
                .deadlineAtMillis(atMillis + deadlineMillis)
                .build();
    }

    private boolean end(String id, long atMillis, long picoUsd) {
        boolean ended = engine.onOutcome(state, outcome(id, picoUsd), atMillis, effects);
        if (ended) {
            effects.settled(id);
        }
        return ended;
    }

    private static OutcomeFacts outcome(String id, long picoUsd) {
        return Facts.succeeded(id).costPicoUsd(picoUsd).build();
    }

    private void expire(long atMillis) {
        command(Names.EXPIRE, null, atMillis);
    }

    private void command(String name, @Nullable String subject, long at) {
        engine.onCommand(
                state,
                CommandEvent.builder()
                        .tenantId(Facts.TENANT)
                        .commandId("c")
                        .name(name)
                        .subject(subject)
                        .build(),
                at,
                effects);
    }
}
