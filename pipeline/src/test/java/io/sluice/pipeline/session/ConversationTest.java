package io.sluice.pipeline.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConversationTest {
    private static final long NOW = 1_790_078_400_000L;
    private static final long TTL = 86_400_000;

    private final Conversation three =
            Conversation.empty()
                    .begin("a", 0)
                    .answer(NOW - 2, TTL, 10)
                    .begin("b", 1)
                    .answer(NOW - 1, TTL, 20)
                    .begin("c", 2)
                    .answer(NOW, TTL, 30);

    @Test
    void turnsAreKeptInTheOrderTheyCame() {
        assertThat(three.turns()).isEqualTo(3);
        assertThat(three.turnTokens()).containsExactly(10, 20, 30);
        assertThat(three.turn()).isNull();
        assertThat(three.lastAtMillis()).isEqualTo(NOW);
        assertThat(three.ttlMillis()).isEqualTo(TTL);
    }

    @Test
    void theNewestTurnsThatFitAreSent() {
        assertThat(three.fitting(20, 60)).isEqualTo(3);
        assertThat(three.fitting(20, 59)).isEqualTo(2);
        assertThat(three.fitting(20, 50)).isEqualTo(2);
        assertThat(three.fitting(20, 49)).isEqualTo(1);
        assertThat(three.fitting(20, 29)).isZero();
        assertThat(three.fitting(2, 60)).isEqualTo(2);
        assertThat(three.fitting(0, 60)).isZero();
        assertThat(three.tokensOfNewest(2)).isEqualTo(50);
        assertThat(three.tokensOfNewest(0)).isZero();
    }

    @Test
    void aTurnDropsWhatIsNotSentAndAFailedOneKeepsTheRest() {
        Conversation busy = three.begin("d", 1);
        assertThat(busy.turn()).isEqualTo("d");
        assertThat(busy.turnTokens()).containsExactly(30);
        Conversation failed = busy.fail();
        assertThat(failed.turn()).isNull();
        assertThat(failed.turnTokens()).containsExactly(30);
        assertThat(failed.lastAtMillis()).isEqualTo(NOW);
        assertThat(failed.ttlMillis()).isEqualTo(TTL);
    }

    @Test
    void anAgeOfExactlyTheTtlIsTooOld() {
        assertThat(three.isOver(NOW + TTL - 1, TTL)).isFalse();
        assertThat(three.isOver(NOW + TTL, TTL)).isTrue();
    }

    @Test
    void aLoweredTtlCountsAtOnceAndARaisedOneDoesNotReviveIt() {
        assertThat(three.isOver(NOW + 999, 1_000)).isFalse();
        assertThat(three.isOver(NOW + 1_000, 1_000)).isTrue();
        assertThat(three.isOver(NOW + TTL, Long.MAX_VALUE)).isTrue();
    }

    @Test
    void aConversationWithoutTurnsIsNotOver() {
        assertThat(Conversation.empty().isOver(NOW, 0)).isFalse();
        assertThat(Conversation.empty().lastAtMillis()).isZero();
        assertThat(Conversation.empty().turns()).isZero();
    }
}
