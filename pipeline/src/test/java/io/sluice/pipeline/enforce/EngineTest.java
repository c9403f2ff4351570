package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.CacheMode;
import io.sluice.contract.CacheRules;
import io.sluice.contract.Decision;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Names;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.Verdict;
import org.junit.jupiter.api.Test;

/** Single steps of the engine, as examples. */
class EngineTest {
    private static final long NOW = Facts.NOON;
    private static final long TTL = 1_800_000;

    private final InMemoryTenantState state = new InMemoryTenantState();
    private final EffectsLog effects = new EffectsLog();
    private final Engine engine = new Engine();
    private EffectivePolicy policy =
            Facts.policy().cache(CacheRules.SHIPPED.withLlmTtlMillis(TTL)).build();

    @Test
    void theFirstRequestIsInvokedAndHeld() {
        Decision decision = ask("a", "p", NOW);
        assertThat(decision.outcome()).isEqualTo(Verdict.INVOKED);
        assertThat(decision.seq()).isEqualTo(1);
        assertThat(decision.decidedAtMillis()).isEqualTo(NOW);
        assertThat(decision.clockAdjusted()).isFalse();
        assertThat(state.held()).containsExactly("a");
        assertThat(state.flights()).isEqualTo(1);
    }

    @Test
    void anIdIsADuplicateForOneHourOfArrivalTime() {
        ask("a", "p", NOW);
        assertThat(engine.onRequest(state, request("a", "p", NOW), NOW + 3_599_999, effects))
                .isFalse();
        end(Facts.succeeded("a"), NOW + 1);
        RequestFacts again = request("a2", "q", NOW + 3_600_000);
        assertThat(engine.onRequest(state, again, NOW + 3_600_000, effects)).isTrue();
        assertThat(
                        engine.onRequest(
                                state, request("a", "z", NOW), NOW + 3_600_000, new EffectsLog()))
                .isTrue();
    }

    @Test
    void anIdWhoseCallIsOpenIsADuplicateHoweverLongItTakes() {
        ask("a", "p", NOW);
        long later = NOW + 7_200_000;
        assertThat(engine.onRequest(state, request("a", "p", later), later, effects)).isFalse();
        end(Facts.succeeded("a"), later);
        assertThat(state.held()).isEmpty();
        assertThat(state.flights()).isZero();
    }

    @Test
    void c2AnAnswerIsServedUntilItsTtl() {
        ask("a", "p", NOW);
        end(Facts.succeeded("a"), NOW + 10);
        assertThat(ask("b", "p", NOW + 10 + TTL - 1).outcome()).isEqualTo(Verdict.CACHE_HIT);
        assertThat(ask("c", "p", NOW + 10 + TTL).outcome()).isEqualTo(Verdict.INVOKED);
    }

    @Test
    void c3AnIncompleteAnswerIsNotKept() {
        ask("a", "p", NOW);
        end(Facts.succeeded("a").complete(false), NOW + 10);
        assertThat(ask("b", "p", NOW + 20).outcome()).isEqualTo(Verdict.INVOKED);
    }

    @Test
    void c4IdenticalRequestsShareOneCall() {
        ask("a", "p", NOW);
        assertThat(ask("b", "p", NOW).outcome()).isEqualTo(Verdict.COALESCED);
        assertThat(ask("c", "p", NOW).outcome()).isEqualTo(Verdict.COALESCED);
        assertThat(ask("other", "q", NOW).outcome()).isEqualTo(Verdict.INVOKED);
        end(Facts.succeeded("a"), NOW + 10);
        assertThat(effects.endings)
                .containsEntry("a", "settled")
                .containsEntry("b", "answered")
                .containsEntry("c", "answered");
        assertThat(state.held()).containsExactly("other");
    }

    @Test
    void c4AFailedLeaderIsReplacedOnce() {
        ask("a", "p", NOW);
        ask("b", "p", NOW);
        ask("c", "p", NOW);
        end(Facts.failed("a"), NOW + 10);
        assertThat(effects.open).containsOnlyKeys("b");
        ask("d", "p", NOW + 11);
        end(Facts.failed("b"), NOW + 20);
        assertThat(effects.endings)
                .containsEntry("c", "failed")
                .containsEntry("d", "failed")
                .containsEntry("b", "settled");
        assertThat(state.held()).isEmpty();
        assertThat(state.flights()).isZero();
    }

    @Test
    void c4AReplacementThatSucceedsAnswersTheRest() {
        ask("a", "p", NOW);
        ask("b", "p", NOW);
        ask("c", "p", NOW);
        end(Facts.failed("a"), NOW + 10);
        end(Facts.succeeded("b"), NOW + 20);
        assertThat(effects.endings).containsEntry("c", "answered");
        assertThat(ask("d", "p", NOW + 30).outcome()).isEqualTo(Verdict.CACHE_HIT);
    }

    @Test
    void c4WhoComesWhenAThousandShareACallIsCalledAlone() {
        for (int i = 0; i < 1_000; i++) {
            Verdict expected = i == 0 ? Verdict.INVOKED : Verdict.COALESCED;
            assertThat(ask("r" + i, "p", NOW).outcome()).isEqualTo(expected);
        }
        assertThat(ask("more", "p", NOW).outcome()).isEqualTo(Verdict.INVOKED);
        RequestFacts hurried =
                request("hurried", "p", NOW).toBuilder().deadlineAtMillis(NOW + 1).build();
        assertThat(decide(hurried).outcome()).isEqualTo(Verdict.INVOKED);
        assertThat(state.flights()).as("nobody waits for either").isEqualTo(1);
        end(Facts.failed("more"), NOW + 1);
        assertThat(effects.parked).hasSize(999);
        end(Facts.succeeded("r0"), NOW + 2);
        assertThat(effects.parked).isEmpty();
        assertThat(state.held()).containsExactly("hurried");
    }

    @Test
    void anOutcomeOfAWaitingFollowerChangesNothing() {
        ask("a", "p", NOW);
        ask("b", "p", NOW);
        assertThat(engine.onOutcome(state, Facts.succeeded("b").build(), NOW + 1, effects))
                .isFalse();
        assertThat(state.held()).containsExactly("a", "b");
    }

    @Test
    void aRefreshIsCalledAndItsAnswerKept() {
        ask("a", "p", NOW);
        end(Facts.succeeded("a"), NOW + 1);
        RequestFacts refresh =
                request("b", "p", NOW + 2).toBuilder().cacheMode(CacheMode.REFRESH).build();
        assertThat(decide(refresh).outcome()).isEqualTo(Verdict.INVOKED);
        end(Facts.succeeded("b"), NOW + 1_000);
        assertThat(ask("c", "p", NOW + 1_000 + TTL - 1).outcome()).isEqualTo(Verdict.CACHE_HIT);
    }

    @Test
    void aBypassNeitherReadsNorFillsTheCache() {
        RequestFacts bypass =
                request("a", "p", NOW).toBuilder().cacheMode(CacheMode.BYPASS).build();
        assertThat(decide(bypass).outcome()).isEqualTo(Verdict.INVOKED);
        end(Facts.succeeded("a"), NOW + 1);
        assertThat(state.answers()).isZero();
        assertThat(ask("b", "p", NOW + 2).outcome()).isEqualTo(Verdict.INVOKED);
    }

    @Test
    void aTtlOfZeroTurnsTheCacheOff() {
        policy = Facts.policy().build();
        ask("a", "p", NOW);
        assertThat(ask("b", "p", NOW).outcome())
                .as("not even coalesced")
                .isEqualTo(Verdict.INVOKED);
        end(Facts.succeeded("a"), NOW + 1);
        assertThat(state.answers()).isZero();
    }

    @Test
    void aCacheHitCountsAgainstTheLimits() {
        policy =
                Facts.policy()
                        .cache(CacheRules.SHIPPED.withLlmTtlMillis(TTL))
                        .requestsPerMinute(2)
                        .build();
        ask("a", "p", NOW);
        end(Facts.succeeded("a"), NOW + 1);
        assertThat(ask("b", "p", NOW + 2).outcome()).isEqualTo(Verdict.CACHE_HIT);
        Decision third = ask("c", "p", NOW + 3);
        assertThat(third.outcome()).isEqualTo(Verdict.REJECTED);
        assertThat(third.reason()).isEqualTo(Names.REQUESTS_PER_MINUTE);
        assertThat(third.retryAfterMillis()).isEqualTo(59_997);
    }

    @Test
    void aSkewedClockIsFlagged() {
        Decision decision = decide(request("a", "p", NOW - 3_600_000));
        assertThat(decision.clockAdjusted()).isTrue();
        assertThat(decision.decidedAtMillis()).isEqualTo(NOW);
    }

    @Test
    void anOlderPolicyDoesNotComeBack() {
        EffectivePolicy old = policy;
        policy = old.toBuilder().version(2).requestsPerMinute(1).build();
        ask("a", "p", NOW);
        policy = old;
        Decision decision = ask("b", "q", NOW);
        assertThat(decision.outcome()).isEqualTo(Verdict.REJECTED);
        assertThat(decision.policyVersion()).isEqualTo(2);
    }

    @Test
    void everyEventButADuplicateTakesANumber() {
        ask("a", "p", NOW);
        engine.onCommand(state, Facts.command(Facts.TENANT, "c1"), NOW, effects);
        ask("a", "p", NOW);
        end(Facts.succeeded("a"), NOW);
        assertThat(ask("b", "q", NOW).seq()).isEqualTo(4);
    }

    private Decision ask(String id, String prompt, long atMillis) {
        return decide(request(id, prompt, atMillis), atMillis);
    }

    private Decision decide(RequestFacts facts) {
        return decide(facts, Math.max(NOW, facts.receivedAtMillis()));
    }

    private Decision decide(RequestFacts facts, long arrivedAtMillis) {
        engine.onRequest(state, facts, arrivedAtMillis, effects);
        return effects.decided.get(effects.decided.size() - 1).decision();
    }

    private RequestFacts request(String id, String prompt, long atMillis) {
        return Facts.request(id, atMillis)
                .policy(policy)
                .promptHash(prompt)
                .deadlineAtMillis(atMillis + 60_000)
                .build();
    }

    private void end(OutcomeFacts.Builder outcome, long arrivedAtMillis) {
        OutcomeFacts facts = outcome.build();
        assertThat(engine.onOutcome(state, facts, arrivedAtMillis, effects)).isTrue();
        effects.settled(facts.requestId());
    }
}
