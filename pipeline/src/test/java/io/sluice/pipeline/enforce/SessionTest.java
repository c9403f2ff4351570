package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.CacheRules;
import io.sluice.contract.Decision;
import io.sluice.contract.Labels;
import io.sluice.contract.Names;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.Usage;
import io.sluice.contract.Verdict;
import io.sluice.pipeline.session.Conversation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Conversations, turn by turn. */
class SessionTest {
    private static final long NOW = Facts.NOON;
    private static final long TTL = 1_000_000;
    private static final String KEY = "session:u/s";

    private final EngineAt at =
            new EngineAt(
                    Facts.policy()
                            .tokensPerMinute(10_000)
                            .cache(new CacheRules(0, 0, TTL, true, 2, 1_000))
                            .build());

    @Test
    void earlierTurnsAreSentAndReservedAsFarAsTheRulesAllow() {
        answer("a", NOW, 100);
        answer("b", NOW + 10, 200);
        answer("c", NOW + 20, 300);
        assertThat(turn("d", NOW + 30, 7).outcome()).isEqualTo(Verdict.INVOKED);
        assertThat(at.effects.lines)
                .anyMatch(line -> line.startsWith("invokeTurn " + KEY + " 2 d"));
        assertThat(at.state.core().holds().get("d", at.state).tokens()).isEqualTo(507);
        assertThat(at.effects.conversations.get(KEY)).containsExactly("b", "c");
    }

    @Test
    void aTurnWhileAnotherIsUnderWayIsRefusedForGood() {
        turn("a", NOW, 7);
        Decision busy = turn("b", NOW + 1, 7);
        assertThat(busy.reason()).isEqualTo(Names.SESSION_BUSY);
        assertThat(busy.retryAfterMillis()).isEqualTo(-1);
        at.end(Facts.failed("a"), NOW + 2);
        assertThat(at.state.conversation(KEY)).isNull();
        assertThat(turn("c", NOW + 3, 7).outcome()).isEqualTo(Verdict.INVOKED);
    }

    @Test
    void aFailedTurnLeavesTheEarlierOnes() {
        answer("a", NOW, 100);
        turn("b", NOW + 10, 7);
        at.end(Facts.failed("b"), NOW + 11);
        assertThat(at.effects.lines).contains("dropTurn b");
        assertThat(known().turnTokens()).containsExactly(100);
        assertThat(known().turn()).isNull();
    }

    @Test
    void c2TurnsAreForgottenAtTheirTtl() {
        answer("a", NOW, 100);
        turn("b", NOW + TTL - 1, 7);
        assertThat(at.state.core().holds().get("b", at.state).tokens()).isEqualTo(107);
        at.end(Facts.failed("b"), NOW + TTL - 1);
        turn("c", NOW + TTL, 7);
        assertThat(at.state.core().holds().get("c", at.state).tokens()).isEqualTo(7);
        assertThat(at.effects.lines).contains("dropConversation " + KEY);
    }

    @Test
    void aDeletedConversationBeginsAnewAndItsOpenTurnIsNotKept() {
        answer("a", NOW, 100);
        turn("b", NOW + 10, 7);
        at.command(Names.DELETE_SESSION, KEY, NOW + 11);
        assertThat(at.effects.lines).contains("dropConversation " + KEY);
        at.end(Facts.succeeded("b"), NOW + 12);
        assertThat(at.effects.endings).containsEntry("b", "settled");
        assertThat(at.effects.lines).contains("dropTurn b");
        assertThat(at.state.conversation(KEY)).isNull();
        int lines = at.effects.lines.size();
        at.command(Names.DELETE_SESSION, KEY, NOW + 13);
        at.command(Names.DELETE_SESSION, null, NOW + 13);
        assertThat(at.effects.lines).hasSize(lines);
    }

    @Test
    void anExpiredTurnLetsTheNextOneCome() {
        turn("a", NOW, 7);
        at.command(Names.EXPIRE, null, NOW + 60_000 + Admission.GRACE_MILLIS);
        assertThat(at.state.conversation(KEY)).isNull();
        assertThat(at.effects.lines).contains("dropTurn a");
    }

    @Test
    void r5ATurnOfImpossibleSizeNeverFits() {
        RequestFacts huge = facts("a", NOW, 7).estimatedInputTokens(Long.MAX_VALUE).build();
        at.policy = at.policy.toBuilder().version(2).tokensPerMinute(-1).build();
        at.ask(huge.toBuilder().policy(at.policy).build());
        at.end(Facts.succeeded("a").usage(Usage.of(1, Long.MAX_VALUE)), NOW + 1);
        answer("b", NOW + 10, 5);
        turn("c", NOW + 20, 7);
        assertThat(at.state.core().holds().get("c", at.state).tokens()).isEqualTo(12);
    }

    @Test
    void aConversationOfNobodyHasAKeyOfItsOwn() {
        assertThat(Turn.key(null, "s")).isEqualTo("session:/s");
        assertThat(Turn.key("u", "s")).isEqualTo(KEY);
    }

    private @Nullable Conversation known() {
        return at.state.conversation(KEY);
    }

    private void answer(String id, long atMillis, long tokens) {
        turn(id, atMillis, tokens);
        at.end(Facts.succeeded(id).usage(Usage.of(1, tokens)), atMillis);
    }

    private Decision turn(String id, long atMillis, long tokens) {
        return at.ask(facts(id, atMillis, tokens).build());
    }

    private RequestFacts.Builder facts(String id, long atMillis, long tokens) {
        return at.request(id, "p", atMillis, tokens)
                .labels(Labels.builder().endpoint("chat").userId("u").session("s").build());
    }
}
