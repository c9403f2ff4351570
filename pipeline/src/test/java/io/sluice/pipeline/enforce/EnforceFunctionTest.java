package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.CacheRules;
import io.sluice.contract.CommandEvent;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.Usage;
import io.sluice.contract.Verdict;
import io.sluice.pipeline.alert.Observation;
import io.sluice.sinks.cloudwatch.MetricSample;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the operator emits and what it leaves in its state, step by step. */
class EnforceFunctionTest {
    private static final long NOW = Facts.NOON;
    private static final long TTL = 60_000;
    private static final EffectivePolicy POLICY =
            Facts.policy()
                    .requestsPerMinute(4)
                    .cache(CacheRules.SHIPPED.withLlmTtlMillis(TTL))
                    .build();

    @ParameterizedTest
    @EnumSource(Backend.class)
    void anInvokedRequestGoesOnWithItsTextAndItsDecision(Backend backend) throws Exception {
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            harness.process(request("a", "p", NOW));
            assertThat(harness.admitted()).hasSize(1);
            AdmittedRequest admitted = harness.admitted().get(0);
            assertThat(admitted.request().payload()).isEqualTo(Facts.prompt("a"));
            assertThat(admitted.decision().outcome()).isEqualTo(Verdict.INVOKED);
            assertThat(harness.decided()).isEmpty();
            assertThat(harness.usage()).hasSize(1).allMatch(move -> move.counts().admitted() == 1);
            assertThat(harness.metrics())
                    .containsExactly(MetricSample.request("acme", "chat", NOW));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aRejectedRequestIsAFinalResultThatCostsNothing(Backend backend) throws Exception {
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            for (String id : new String[] {"a", "b", "c", "d", "e"}) {
                harness.process(request(id, id, NOW));
            }
            assertThat(harness.admitted()).hasSize(4);
            ResultItem rejected = harness.decided().get(0);
            assertThat(rejected.requestId()).isEqualTo("e");
            assertThat(rejected.status()).isEqualTo(ResultStatus.REJECTED);
            assertThat(rejected.decision().reason()).isEqualTo("requests-per-minute");
            assertThat(rejected.decision().retryAfterMillis()).isEqualTo(60_000);
            assertThat(rejected.costPicoUsd()).isZero();
            assertThat(rejected.finishedAtMillis()).isEqualTo(NOW);
            assertThat(rejected.expiresAtSeconds()).isEqualTo(NOW / 1000 + 30L * 86_400);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void whatAnEventCameToIsObservedOnceWithWhereBudgetsStand(Backend backend) throws Exception {
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            harness.process(request("a", "p", NOW));
            harness.process(request("a", "p", NOW + 1));
            harness.process(outcome(Facts.succeeded("a"), NOW + 5));
            harness.process(outcome(Facts.succeeded("a"), NOW + 6));
            assertThat(harness.observations()).hasSize(2);
            Observation decided = harness.observations().get(0);
            assertThat(decided.verdict()).isEqualTo(Verdict.INVOKED);
            assertThat(decided.unpriced()).isTrue();
            assertThat(decided.tier()).isEqualTo("free");
            assertThat(decided.day().spentPicoUsd()).isZero();
            Observation ended = harness.observations().get(1);
            assertThat(ended.verdict()).isNull();
            assertThat(ended.judgesService()).isTrue();
            assertThat(ended.seq()).isEqualTo(decided.seq() + 1);
            assertThat(ended.atMillis()).isEqualTo(NOW + 5);
            assertThat(ended.month().spentPicoUsd()).isEqualTo(30);
            assertThat(ended.costPicoUsd()).isEqualTo(30);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aCachedAnswerIsServedWordForWordAndForFree(Backend backend) throws Exception {
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            harness.process(request("a", "p", NOW));
            harness.process(outcome(Facts.succeeded("a"), NOW + 5));
            harness.process(request("b", "p", NOW + 10));
            ResultItem served = harness.decided().get(0);
            assertThat(served.requestId()).isEqualTo("b");
            assertThat(served.status()).isEqualTo(ResultStatus.SUCCEEDED);
            assertThat(served.decision().outcome()).isEqualTo(Verdict.CACHE_HIT);
            assertThat(served.output()).isEqualTo(Facts.answer("a"));
            assertThat(served.usage()).isEqualTo(Usage.NONE);
            assertThat(served.costPicoUsd()).isZero();
            assertThat(harness.metrics())
                    .contains(MetricSample.cost("acme", Facts.MODEL, NOW + 5, 30));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void theCoalescedAreAnsweredWithTheirLeader(Backend backend) throws Exception {
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            harness.process(request("a", "p", NOW));
            harness.process(request("b", "p", NOW + 1));
            assertThat(harness.admitted()).hasSize(1);
            assertThat(harness.decided()).isEmpty();
            assertThat(harness.tenantsIn("parked-requests")).isEqualTo(1);
            harness.process(outcome(Facts.succeeded("a"), NOW + 5));
            ResultItem answered = harness.decided().get(0);
            assertThat(answered.requestId()).isEqualTo("b");
            assertThat(answered.output()).isEqualTo(Facts.answer("a"));
            assertThat(answered.decision().outcome()).isEqualTo(Verdict.COALESCED);
            assertThat(answered.finishedAtMillis()).isEqualTo(NOW + 5);
            assertThat(harness.tenantsIn("parked-requests")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aPromotedFollowerGoesOnWithItsOwnTextAndItsFailureFailsTheRest(Backend backend)
            throws Exception {
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            harness.process(request("a", "p", NOW));
            harness.process(request("b", "p", NOW + 1));
            harness.process(request("c", "p", NOW + 2));
            harness.process(outcome(Facts.failed("a"), NOW + 5));
            assertThat(harness.admitted()).hasSize(2);
            AdmittedRequest promoted = harness.admitted().get(1);
            assertThat(promoted.request().payload()).isEqualTo(Facts.prompt("b"));
            assertThat(promoted.decision().outcome()).isEqualTo(Verdict.INVOKED);
            assertThat(promoted.decision().seq()).isEqualTo(2);
            harness.process(outcome(Facts.failed("b"), NOW + 9));
            ResultItem failed = harness.decided().get(0);
            assertThat(failed.requestId()).isEqualTo("c");
            assertThat(failed.status()).isEqualTo(ResultStatus.FAILED);
            assertThat(failed.decision().reason()).isEqualTo("model-error");
            assertNothingOpen(harness);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void nothingIsLeftOfASettledFlightAndOfAnExpiredAnswer(Backend backend) throws Exception {
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            harness.process(request("a", "p", NOW));
            harness.process(request("b", "p", NOW + 1));
            harness.process(outcome(Facts.succeeded("a"), NOW + 5));
            assertNothingOpen(harness);
            assertThat(harness.tenantsIn("answer-texts")).isEqualTo(1);
            assertThat(harness.tenantsIn("cache-slots")).isEqualTo(1);
            harness.process(request("c", "q", NOW + 5 + TTL + 600_000));
            harness.process(outcome(Facts.failed("c"), NOW + 5 + TTL + 600_000));
            assertThat(harness.tenantsIn("answer-texts")).isZero();
            assertThat(harness.tenantsIn("cache-slots")).isZero();
            assertNothingOpen(harness);
            assertThat(harness.timers()).as("one timer to look after the tenant").isEqualTo(1);
        }
    }

    @Test
    void windowsAndIdsOfTheDayBeforeAreForgotten() throws Exception {
        Backend backend = Backend.HEAP; // whose snapshots hold nothing but what is alive
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            for (int i = 0; i < 200; i++) {
                harness.process(request("r" + i, "p" + i, NOW, Facts.policy().build()));
                harness.process(outcome(Facts.succeeded("r" + i), NOW));
            }
            assertThat(harness.tenantsIn("minute-log-chunks")).isEqualTo(1);
            harness.process(request("next", "q", NOW + 90_000_000, Facts.policy().build()));
            assertThat(harness.tenantsIn("minute-log-chunks")).isZero();
            OperatorSubtaskState state = harness.snapshot();
            try (EnforceHarness fresh = EnforceHarness.empty(backend)) {
                fresh.process(request("next", "q", NOW + 90_000_000, Facts.policy().build()));
                assertThat(state.getStateSize())
                        .isLessThan(fresh.snapshot().getStateSize() + 2_000);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void duplicatesAndStrangersEmitNothing(Backend backend) throws Exception {
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            harness.process(request("a", "p", NOW));
            harness.process(outcome(Facts.succeeded("a"), NOW + 1));
            int before = harness.outputs().size();
            harness.process(request("a", "p", NOW + 2));
            harness.process(outcome(Facts.succeeded("a"), NOW + 3));
            harness.process(outcome(Facts.succeeded("never-admitted"), NOW + 3));
            CommandEvent command = Facts.command("acme", "c1");
            harness.process(new LogRecord(command, NOW + 4, "9"));
            assertThat(harness.outputs()).hasSize(before);
        }
    }

    private static void assertNothingOpen(EnforceHarness harness) {
        for (String state : new String[] {"holds", "flights", "parked-requests"}) {
            assertThat(harness.tenantsIn(state)).as(state).isZero();
        }
    }

    private static LogRecord request(String id, String prompt, long atMillis) {
        return request(id, prompt, atMillis, POLICY);
    }

    private static LogRecord request(
            String id, String prompt, long atMillis, EffectivePolicy policy) {
        RequestFacts facts =
                Facts.request(id, atMillis)
                        .promptHash(prompt)
                        .policy(policy)
                        .deadlineAtMillis(atMillis + 60_000)
                        .build();
        return new LogRecord(Facts.event(facts), atMillis, id);
    }

    private static LogRecord outcome(OutcomeFacts.Builder facts, long atMillis) {
        return new LogRecord(Facts.event(facts.build()), atMillis, "o");
    }
}
