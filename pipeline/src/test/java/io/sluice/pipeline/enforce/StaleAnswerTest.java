package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.CacheMode;
import io.sluice.contract.CacheRules;
import io.sluice.contract.Candidate;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ResultItem;
import io.sluice.contract.Route;
import io.sluice.contract.Target;
import io.sluice.contract.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that outlived their TTL go along with a call whose policy may serve them. */
class StaleAnswerTest {
    private static final long NOW = Facts.NOON;
    private static final long TTL = 60_000;
    private static final long STALE_FOR = 3_600_000;
    private static final long ANSWERED = NOW + 5;
    private static final Route ROUTE =
            new Route(List.of(Candidate.of(Target.of(Facts.MODEL))), STALE_FOR, null);
    private static final EffectivePolicy POLICY =
            Facts.policy().cache(CacheRules.SHIPPED.withLlmTtlMillis(TTL)).build();

    private static LogRecord request(String id, long atMillis, @Nullable Route route) {
        return record(facts(id, atMillis, route).build(), atMillis);
    }

    private static RequestFacts.Builder facts(String id, long atMillis, @Nullable Route route) {
        return Facts.request(id, atMillis).promptHash("p").policy(POLICY).route(route);
    }

    private static LogRecord record(RequestFacts facts, long atMillis) {
        return new LogRecord(Facts.event(facts), atMillis, facts.requestId());
    }

    private static LogRecord outcome(OutcomeFacts.Builder facts, long atMillis) {
        return new LogRecord(Facts.event(facts.build()), atMillis, "o");
    }

    private static EnforceHarness answered(Backend backend) throws Exception {
        EnforceHarness harness = EnforceHarness.empty(backend);
        harness.process(request("a", NOW, ROUTE));
        harness.process(outcome(Facts.succeeded("a"), ANSWERED));
        assertThat(harness.admitted().get(0).staleAnswer()).as("nothing kept yet").isNull();
        return harness;
    }

    private static @Nullable String staleOf(EnforceHarness harness) {
        List<AdmittedRequest> admitted = harness.admitted();
        return admitted.get(admitted.size() - 1).staleAnswer();
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void outlivedAnswerGoesAlongUntilTheStatedAge(Backend backend) throws Exception {
        try (EnforceHarness harness = answered(backend)) {
            harness.process(request("b", ANSWERED + TTL, ROUTE));
            assertThat(harness.admitted()).hasSize(2);
            assertThat(staleOf(harness)).isEqualTo(Facts.answer("a"));
            harness.process(outcome(Facts.failed("b"), ANSWERED + TTL + 1));

            harness.process(request("c", ANSWERED + STALE_FOR - 1, ROUTE));
            assertThat(staleOf(harness)).as("through six sweeps").isEqualTo(Facts.answer("a"));
            harness.process(outcome(Facts.failed("c"), ANSWERED + STALE_FOR));
            harness.process(request("d", ANSWERED + STALE_FOR, ROUTE));
            assertThat(staleOf(harness)).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void onlyToWhomThePolicyAllowsItAndWhoDoesNotWantANewOne(Backend backend) throws Exception {
        try (EnforceHarness harness = answered(backend)) {
            long later = ANSWERED + TTL;
            harness.process(request("b", later, null));
            assertThat(staleOf(harness)).isNull();
            harness.process(outcome(Facts.failed("b"), later + 1));
            harness.process(
                    record(
                            facts("c", later + 2, ROUTE).cacheMode(CacheMode.REFRESH).build(),
                            later));
            assertThat(harness.admitted()).hasSize(3);
            assertThat(staleOf(harness)).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void servedOneIsNotKeptAnewAndMarksThoseThatWaited(Backend backend) throws Exception {
        try (EnforceHarness harness = answered(backend)) {
            long later = ANSWERED + TTL;
            harness.process(request("b", later, ROUTE));
            harness.process(request("c", later, ROUTE));
            harness.process(
                    outcome(
                            Facts.succeeded("b")
                                    .stale(true)
                                    .complete(false)
                                    .usage(Usage.NONE)
                                    .costPicoUsd(0),
                            later + 1));
            ResultItem waited = harness.decided().get(0);
            assertThat(waited.requestId()).isEqualTo("c");
            assertThat(waited.stale()).isTrue();

            harness.process(request("d", later + 2, ROUTE));
            assertThat(harness.admitted()).as("no fresh answer to serve").hasSize(3);
            assertThat(staleOf(harness)).isEqualTo(Facts.answer("a"));
        }
    }
}
