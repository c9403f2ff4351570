package io.sluice.pipeline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Isolation;
import io.sluice.contract.SessionItem;
import io.sluice.contract.SessionKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationCopyTest {
    private static final long NOW = 1_790_078_400_500L;
    private static final String KEY = SessionKey.of("u", "s").text();

    @Test
    void copyHasAllTurnsAndIsOverWithItsConversation() {
        SessionItem copy =
                ConversationCopy.of(
                        "t",
                        KEY,
                        conversation(5, 7),
                        List.of("{1}", "{2}"),
                        NOW,
                        42,
                        Isolation.SILO);

        assertThat(copy.key()).isEqualTo(SessionKey.of("u", "s"));
        assertThat(copy.deleted()).isFalse();
        assertThat(copy.turns()).containsExactly("{1}", "{2}");
        assertThat(copy.turnCount()).isEqualTo(2);
        assertThat(copy.truncated()).isFalse();
        assertThat(copy.tokens()).isEqualTo(12);
        assertThat(copy.version()).isEqualTo(42);
        assertThat(copy.isolation()).isEqualTo(Isolation.SILO);
        assertThat(copy.updatedAtMillis()).isEqualTo(NOW - 100);
        assertThat(copy.expiresAtSeconds()).isEqualTo((NOW - 500) / 1_000 + 61); // rounded up
    }

    @Test
    void whatIsGoneLeavesATraceWithoutTextForThirtyDays() {
        SessionItem trace = ConversationCopy.of("t", KEY, null, List.of(), NOW, 42, Isolation.SILO);

        assertThat(trace.deleted()).isTrue();
        assertThat(trace.turns()).isEmpty();
        assertThat(trace.version()).isEqualTo(42);
        assertThat(trace.expiresAtSeconds()).isEqualTo((NOW - 500) / 1_000 + 1 + 30 * 86_400);
    }

    @Test
    void conversationWhoseTurnsAreForgottenIsGoneUntilTheNextIsAnswered() {
        Conversation begun = Conversation.empty().begin("r1", 0);

        assertThat(
                        ConversationCopy.of("t", KEY, begun, List.of(), NOW, 1, Isolation.POOLED)
                                .deleted())
                .isTrue();
    }

    @Test
    void newestTurnsThatFitAreKept() {
        String half = "ä".repeat(ConversationCopy.MOST_BYTES / 4); // two bytes each
        SessionItem copy =
                ConversationCopy.of(
                        "t",
                        KEY,
                        conversation(1, 1, 1),
                        List.of("{old}", half, half),
                        NOW,
                        1,
                        Isolation.POOLED);

        assertThat(copy.turns()).containsExactly(half, half);
        assertThat(copy.turnCount()).isEqualTo(3);
        assertThat(copy.truncated()).isTrue();
        assertThat(copy.deleted()).isFalse();
    }

    @Test
    void turnThatIsTooLargeByItselfLeavesAnEmptyCopy() {
        String large = "x".repeat(ConversationCopy.MOST_BYTES + 1);
        SessionItem copy =
                ConversationCopy.of(
                        "t",
                        KEY,
                        conversation(1, 1),
                        List.of("{old}", large),
                        NOW,
                        1,
                        Isolation.POOLED);

        assertThat(copy.turns()).isEmpty();
        assertThat(copy.truncated()).isTrue();
        assertThat(copy.deleted()).isFalse();
    }

    private static Conversation conversation(long... tokens) {
        return new Conversation(NOW - 100, 60_000, null, tokens);
    }
}
