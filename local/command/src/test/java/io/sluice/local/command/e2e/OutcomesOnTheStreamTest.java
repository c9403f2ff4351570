package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomesOnTheStreamTest {

    @Test
    void repeatedOutcomeIsOneAndADifferentOneIsAContradiction() {
        OutcomesOnTheStream outcomes =
                new OutcomesOnTheStream(
                        List.of(
                                event("request", "a", 0),
                                event("outcome", "a", 5),
                                event("outcome", "a", 5),
                                event("outcome", "b", 5),
                                event("outcome", "b", 6)));
        assertThat(outcomes.requests()).containsExactlyInAnyOrder("a", "b");
        assertThat(outcomes.contradictions()).containsOnlyKeys("b");
        assertThat(outcomes.costOf("a")).isEqualTo(5);
    }

    private static byte[] event(String type, String request, long cost) {
        return ("{\"v\":1,\"type\":\""
                        + type
                        + "\",\"facts\":{\"request_id\":\""
                        + request
                        + "\",\"cost_pico_usd\":"
                        + cost
                        + "}}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
