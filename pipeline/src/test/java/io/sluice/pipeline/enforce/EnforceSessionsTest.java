package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.CacheRules;
import io.sluice.contract.CommandEvent;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Labels;
import io.sluice.contract.Names;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.SessionItem;
import io.sluice.contract.SessionKey;
import io.sluice.contract.json.AnswerPayload;
import io.sluice.contract.json.PromptPayload;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What readers are told about conversations, event by event. */
class EnforceSessionsTest {
    private static final long NOW = Facts.NOON;
    private static final long TTL = 60_000;
    private static final SessionKey KEY = SessionKey.of("u1", "s1");

    @ParameterizedTest
    @EnumSource(Backend.class)
    void keptTurnIsCopiedUnderTheNumberOfItsEvent(Backend backend) throws Exception {
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            harness.process(request("a", NOW, 20));
            assertThat(harness.sessions()).isEmpty();

            harness.process(answer("a", NOW + 5));
            SessionItem copy = only(harness, 1);
            assertThat(copy.key()).isEqualTo(KEY);
            assertThat(copy.version()).isEqualTo(2);
            assertThat(copy.turns()).hasSize(1);
            assertThat(copy.turns().get(0)).contains("question a", "answer a");
            assertThat(copy.updatedAtMillis()).isEqualTo(NOW + 5);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void failedTurnChangesNothingThatReadersSee(Backend backend) throws Exception {
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            harness.process(request("a", NOW, 20));
            harness.process(outcome(Facts.failed("a"), NOW + 1));
            assertThat(harness.sessions()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void turnsThatAreNotSentAnyMoreLeaveTheCopyWhenTheNextTurnBegins(Backend backend)
            throws Exception {
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            turn(harness, "a", NOW, 1);
            turn(harness, "b", NOW + 10, 1);
            assertThat(only(harness, 2).turns()).hasSize(2);

            harness.process(request("c", NOW + 20, 1));
            SessionItem copy = only(harness, 3);
            assertThat(copy.turns()).hasSize(1);
            assertThat(copy.turns().get(0)).contains("question b");
            assertThat(copy.version()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void deletedConversationLeavesATraceOfAHigherVersion(Backend backend) throws Exception {
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            turn(harness, "a", NOW, 20);
            harness.process(delete(NOW + 10));
            SessionItem trace = only(harness, 2);
            assertThat(trace.deleted()).isTrue();
            assertThat(trace.turns()).isEmpty();
            assertThat(trace.version()).isEqualTo(3);

            harness.process(delete(NOW + 20));
            assertThat(harness.sessions()).hasSize(2);
            harness.process(request("b", NOW + 30, 20));
            assertThat(harness.admitted().get(1).earlierTurns()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void answerAfterTheDeletionDoesNotBringTheConversationBack(Backend backend) throws Exception {
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            turn(harness, "a", NOW, 20);
            harness.process(request("b", NOW + 10, 20));
            harness.process(delete(NOW + 11));
            harness.process(answer("b", NOW + 12));
            assertThat(only(harness, 2).deleted()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void conversationThatIsOverIsGoneForReadersWhenItIsSwept(Backend backend) throws Exception {
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            turn(harness, "a", NOW, 20);
            harness.process(new LogRecord(Facts.command("acme", "c"), NOW + 600_000 + TTL, "9"));
            assertThat(only(harness, 2).deleted()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void newConversationAfterOneThatIsOverBeginsWithATraceAndOneCopy(Backend backend)
            throws Exception {
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            turn(harness, "a", NOW, 20);
            turn(harness, "b", NOW + 5 + TTL, 20);
            assertThat(harness.sessions()).hasSize(3);
            assertThat(harness.sessions().get(1).deleted()).isTrue();
            assertThat(harness.sessions().get(2).turns()).hasSize(1);
            assertThat(harness.sessions()).extracting(SessionItem::version).isSorted();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void restoredJobCopiesTheSameAgain(Backend backend) throws Exception {
        OperatorSubtaskState before;
        SessionItem first;
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            turn(harness, "a", NOW, 20);
            before = harness.snapshot();
            turn(harness, "b", NOW + 10, 20);
            first = only(harness, 2);
        }
        try (EnforceHarness restored = EnforceHarness.restored(backend, before)) {
            turn(restored, "b", NOW + 10, 20);
            assertThat(only(restored, 1)).isEqualTo(first);
        }
    }

    private static SessionItem only(EnforceHarness harness, int count) {
        assertThat(harness.sessions()).hasSize(count);
        return harness.sessions().get(count - 1);
    }

    private static void turn(EnforceHarness harness, String id, long atMillis, int mostTurns)
            throws Exception {
        harness.process(request(id, atMillis, mostTurns));
        harness.process(answer(id, atMillis + 5));
    }

    private static LogRecord request(String id, long atMillis, int mostTurns) {
        RequestFacts facts =
                Facts.request(id, atMillis)
                        .policy(policy(mostTurns))
                        .labels(
                                Labels.builder()
                                        .endpoint("chat")
                                        .userId(KEY.userId())
                                        .session(KEY.session())
                                        .build())
                        .build();
        RequestEvent event =
                RequestEvent.builder()
                        .facts(facts)
                        .payload(PromptPayload.ofUserText("question " + id, 10))
                        .build();
        return new LogRecord(event, atMillis, id);
    }

    private static EffectivePolicy policy(int mostTurns) {
        return Facts.policy().cache(new CacheRules(0, 0, TTL, true, mostTurns, 32_000)).build();
    }

    private static LogRecord answer(String id, long atMillis) {
        return new LogRecord(
                Facts.event(Facts.succeeded(id).build()).toBuilder()
                        .payload(AnswerPayload.ofText("answer " + id, "end_turn"))
                        .build(),
                atMillis,
                "o");
    }

    private static LogRecord outcome(OutcomeFacts.Builder facts, long atMillis) {
        return new LogRecord(Facts.event(facts.build()), atMillis, "o");
    }

    private static LogRecord delete(long atMillis) {
        CommandEvent command =
                CommandEvent.builder()
                        .tenantId("acme")
                        .commandId("d" + atMillis)
                        .name(Names.DELETE_SESSION)
                        .subject(KEY.text())
                        .build();
        return new LogRecord(command, atMillis, "d");
    }
}
