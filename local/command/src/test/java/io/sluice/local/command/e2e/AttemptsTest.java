package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class AttemptsTest {

    @Test
    void throttledOnesReachedNoModelAndUnfinishedOnesAreAmbiguous() {
        Attempts attempts =
                Attempts.of(
                        List.of(
                                attempt("finished", null, false),
                                attempt("finished", "throttled", false),
                                attempt("finished", "transient", false),
                                attempt("finished", "transient", true),
                                attempt("claimed", null, false)));
        assertThat(attempts).isEqualTo(new Attempts(4, 2));
    }

    private static Map<String, AttributeValue> attempt(
            String state, String reason, boolean ambiguous) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("state", AttributeValue.fromS(state));
        if (state.equals("finished")) {
            item.put("ambiguous", AttributeValue.fromBool(ambiguous));
        }
        if (reason != null) {
            item.put("reason", AttributeValue.fromS(reason));
        }
        return item;
    }
}
