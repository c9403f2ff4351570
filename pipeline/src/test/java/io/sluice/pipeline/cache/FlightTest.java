package io.sluice.pipeline.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlightTest {
    private static final Flight FLIGHT = new Flight("a", 100, true, List.of("b", "c"), true);

    @Test
    void followersWaitInTheOrderTheyCame() {
        Flight flight = Flight.of("a", 100, false);
        assertThat(flight.followers()).isEmpty();
        assertThat(flight.promoted()).isFalse();
        assertThat(flight.joinedBy("b").joinedBy("c").followers()).containsExactly("b", "c");
    }

    @Test
    void otherFollowersChangeNothingElse() {
        for (Flight other : List.of(FLIGHT.leftBy("b"), FLIGHT.followedBy(List.of("c")))) {
            assertThat(other.followers()).containsExactly("c");
            assertThat(other.leader()).isEqualTo("a");
            assertThat(other.deadlineAtMillis()).isEqualTo(100);
            assertThat(other.bulk()).isTrue();
            assertThat(other.promoted()).isTrue();
        }
        assertThat(FLIGHT.leftBy("x").followers()).containsExactly("b", "c");
    }

    @Test
    void itIsInTimeForItsOwnLaneAndForDeadlinesThatAreNotBeforeItsOwn() {
        assertThat(FLIGHT.isInTimeFor(true, 100)).isTrue();
        assertThat(FLIGHT.isInTimeFor(true, 101)).isTrue();
        assertThat(FLIGHT.isInTimeFor(true, 99)).isFalse();
        assertThat(FLIGHT.isInTimeFor(false, 101)).isFalse();
        assertThat(Flight.of("a", 100, false).isInTimeFor(false, 100)).isTrue();
        assertThat(Flight.of("a", 100, false).isInTimeFor(true, 100)).isFalse();
    }

    @Test
    void itDoesNotShareTheListItWasMadeFrom() {
        List<String> followers = new ArrayList<>(List.of("b"));
        Flight made = new Flight("a", 100, false, followers, false);
        followers.add("x");
        assertThat(made.followers()).containsExactly("b");
    }
}
