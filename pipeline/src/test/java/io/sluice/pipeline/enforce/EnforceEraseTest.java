package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.CacheRules;
import io.sluice.contract.CommandEvent;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Labels;
import io.sluice.contract.Names;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.SessionKey;
import io.sluice.contract.Verdict;
import io.sluice.contract.json.AnswerPayload;
import io.sluice.contract.json.PromptPayload;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left in the job of a tenant that was erased. */
class EnforceEraseTest {
    private static final long NOW = Facts.NOON;
    private static final SessionKey KEY = SessionKey.of("u1", "s1");
    private static final long EXPIRY = 60_000 + Admission.GRACE_MILLIS;

    @ParameterizedTest
    @EnumSource(Backend.class)
    void answersAndConversationsAreForgottenAlsoAfterARestore(Backend backend) throws Exception {
        OperatorSubtaskState after;
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            harness.process(question("a", NOW));
            harness.process(answer("a", NOW + 1));
            harness.process(turn("b", NOW + 2));
            harness.process(answer("b", NOW + 3));
            harness.process(question("c", NOW + 4));
            assertThat(harness.decided()).hasSize(1); // from the cache
            harness.process(erase("e1", NOW + 5));
            assertAnswered(harness, Names.TENANT_ERASED, "e1");
            after = harness.snapshot();
        }
        try (EnforceHarness harness = EnforceHarness.restored(backend, after)) {
            harness.process(question("d", NOW + 6));
            harness.process(turn("f", NOW + 7));
            assertThat(harness.decisions())
                    .extracting(decision -> decision.outcome())
                    .containsExactly(Verdict.INVOKED, Verdict.INVOKED);
            assertThat(harness.admitted().get(1).earlierTurns()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void anOpenRequestHoldsEverythingBack(Backend backend) throws Exception {
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            harness.process(question("a", NOW));
            harness.process(erase("e1", NOW + 1));
            assertAnswered(harness, Names.ERASE_REFUSED, "e1");
            harness.process(answer("a", NOW + 2));
            harness.process(question("b", NOW + 3));
            assertThat(harness.decided()).hasSize(1);
            harness.process(erase("e2", NOW + 4));
            assertAnswered(harness, Names.TENANT_ERASED, "e2");
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void whatComesLateForWhatExpiredFindsNothingAndIsBooked(Backend backend) throws Exception {
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            harness.process(question("leader", NOW));
            harness.process(question("follower", NOW + 1));
            harness.process(turn("turn", NOW + 2));
            harness.process(new LogRecord(Facts.command("acme", "x"), NOW + EXPIRY + 10, "x"));
            harness.process(erase("e1", NOW + EXPIRY + 20));
            int usage = harness.usage().size();
            harness.process(answer("leader", NOW + EXPIRY + 30));
            harness.process(answer("turn", NOW + EXPIRY + 31));
            assertThat(harness.usage()).hasSizeGreaterThan(usage);
            harness.process(turn("next", NOW + EXPIRY + 40));
            int last = harness.admitted().size() - 1;
            assertThat(harness.admitted().get(last).earlierTurns()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void whatWasCountedStaysCounted(Backend backend) throws Exception {
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            EffectivePolicy once = policy().toBuilder().requestsPerDay(1).build();
            harness.process(request("a", NOW, null, once));
            harness.process(answer("a", NOW + 1));
            harness.process(erase("e1", NOW + 2));
            harness.process(request("b", NOW + 3, null, once));
            assertThat(harness.decided()).hasSize(1);
            assertThat(harness.decided().get(0).decision().reason())
                    .isEqualTo(Names.REQUESTS_PER_DAY);
            // A repetition of what was decided stays one.
            harness.process(request("a", NOW + 4, null, once));
            assertThat(harness.decided()).hasSize(1);
            assertThat(harness.admitted()).hasSize(1);
        }
    }

    private static void assertAnswered(EnforceHarness harness, String name, String commandId) {
        CommandEvent last = harness.commands().get(harness.commands().size() - 1);
        assertThat(last.name()).isEqualTo(name);
        assertThat(last.subject()).isEqualTo(commandId);
        assertThat(last.tenantId()).isEqualTo("acme");
    }

    private static EffectivePolicy policy() {
        return Facts.policy().cache(new CacheRules(600_000, 0, 600_000, true, 20, 32_000)).build();
    }

    private static LogRecord question(String id, long atMillis) {
        return request(id, atMillis, null, policy());
    }

    private static LogRecord turn(String id, long atMillis) {
        return request(id, atMillis, KEY, policy());
    }

    private static LogRecord request(
            String id,
            long atMillis,
            @org.jspecify.annotations.Nullable SessionKey key,
            EffectivePolicy policy) {
        Labels.Builder labels = Labels.builder().endpoint("chat");
        if (key != null) {
            labels.userId(key.userId()).session(key.session());
        }
        RequestFacts facts =
                Facts.request(id, atMillis)
                        .promptHash("same")
                        .policy(policy)
                        .labels(labels.build())
                        .build();
        RequestEvent event =
                RequestEvent.builder()
                        .facts(facts)
                        .payload(PromptPayload.ofUserText("question", 10))
                        .build();
        return new LogRecord(event, atMillis, id);
    }

    private static LogRecord answer(String id, long atMillis) {
        return new LogRecord(
                Facts.event(Facts.succeeded(id).build()).toBuilder()
                        .payload(AnswerPayload.ofText("answer " + id, "end_turn"))
                        .build(),
                atMillis,
                "o");
    }

    private static LogRecord erase(String id, long atMillis) {
        CommandEvent command =
                CommandEvent.builder()
                        .tenantId("acme")
                        .commandId(id)
                        .name(Names.ERASE_TENANT)
                        .build();
        return new LogRecord(command, atMillis, "e");
    }
}
