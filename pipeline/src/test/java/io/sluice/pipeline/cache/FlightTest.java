package io.sluice.pipeline.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.CacheRules;
import io.sluice.pipeline.enforce.Facts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlightTest {
    private final Flight flight = new Flight("a", List.of(), false).joinedBy("b").joinedBy("c");

    @Test
    void followersWaitInTheOrderTheyCame() {
        assertThat(flight.leader()).isEqualTo("a");
        assertThat(flight.followers()).containsExactly("b", "c");
        assertThat(flight.promoted()).isFalse();
    }

    @Test
    void theOldestFollowerTakesTheLeadOnce() {
        assertThat(flight.canPromote()).isTrue();
        Flight promoted = flight.promoteOldest();
        assertThat(promoted.leader()).isEqualTo("b");
        assertThat(promoted.followers()).containsExactly("c");
        assertThat(promoted.promoted()).isTrue();
        assertThat(promoted.canPromote()).isFalse();
        assertThat(promoted.joinedBy("d").canPromote()).isFalse();
    }

    @Test
    void aFlightWithoutFollowersHasNobodyToPromote() {
        assertThat(new Flight("a", List.of(), false).canPromote()).isFalse();
    }

    @Test
    void aFlightDoesNotShareTheListItWasMadeFrom() {
        List<String> followers = new ArrayList<>(List.of("b"));
        Flight made = new Flight("a", followers, false);
        followers.add("x");
        assertThat(made.followers()).containsExactly("b");
    }

    @Test
    void c1TheKeyNamesModelAndPrompt() {
        assertThat(
                        CacheKeys.of(
                                Facts.request("r1", 0).model("m").promptHash("h").build(),
                                "m",
                                CacheRules.SHIPPED))
                .isEqualTo("llm:m:h");
    }
}
