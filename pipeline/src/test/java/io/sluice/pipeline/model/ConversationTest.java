package io.sluice.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.json.Json;
import io.sluice.contract.json.MalformedJsonException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private static final String OWN = messages("user:c");

    /** Messages of the form role:text. */
    private static String messages(String... messages) {
        StringBuilder all = new StringBuilder();
        for (String message : messages) {
            String[] parts = message.split(":");
            all.append(all.length() == 0 ? "" : ",")
                    .append("{\"role\":\"" + parts[0] + "\",\"content\":[{\"text\":\"")
                    .append(parts[1] + "\"}]}");
        }
        return "{\"messages\":[" + all + "]}";
    }

    private static String joined(List<String> earlierTurns, String prompt) {
        return "{\"messages\":" + Conversation.messages(earlierTurns, Json.parse(prompt)) + "}";
    }

    @Test
    void earlierTurnsComeFirstInTheirOrder() {
        List<String> turns =
                List.of(messages("user:a1", "assistant:a2"), messages("user:b1", "assistant:b2"));

        assertThat(joined(turns, OWN))
                .isEqualTo(
                        messages("user:a1", "assistant:a2", "user:b1", "assistant:b2", "user:c"));
    }

    @Test
    void neighboursOfOneRoleBecomeOneMessage() {
        assertThat(joined(List.of(messages("user:a"), messages("user:b")), OWN))
                .isEqualTo(
                        "{\"messages\":[{\"role\":\"user\",\"content\":"
                                + "[{\"text\":\"a\"},{\"text\":\"b\"},{\"text\":\"c\"}]}]}");
    }

    @Test
    void promptWithoutEarlierTurnsIsNotTouched() {
        String twice = messages("user:a", "user:b");

        assertThat(joined(List.of(), twice)).isEqualTo(twice);
    }

    @Test
    void turnWithoutMessagesIsNoConversation() {
        for (String turn : List.of("{}", "[]", "nonsense", "{\"messages\":{}}")) {
            assertThatThrownBy(() -> joined(List.of(turn), OWN))
                    .isInstanceOf(MalformedJsonException.class);
        }
    }

    @Test
    void messageThatIsNoneIsLeftToBeRefusedByName() {
        String odd = "{\"messages\":[{\"role\":\"user\",\"content\":\"text\"}]}";

        assertThat(joined(List.of(odd), OWN)).startsWith(odd.substring(0, odd.length() - 2));
    }
}
