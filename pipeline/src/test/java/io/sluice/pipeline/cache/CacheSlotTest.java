package io.sluice.pipeline.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CacheSlotTest {
    private static final Flight PATIENT = Flight.of("a", 100, false).joinedBy("b");
    private static final Flight URGENT = Flight.of("c", 50, false).joinedBy("d");
    private static final Flight BULK = Flight.of("e", 10, true);
    private static final CacheSlot SLOT = CacheSlot.EMPTY.with(PATIENT).with(URGENT).with(BULK);

    @Test
    void theOldestFlightInTimeIsTheOneToWaitFor() {
        assertThat(SLOT.inTimeFor(false, 100)).isSameAs(PATIENT);
        assertThat(SLOT.inTimeFor(false, 99)).isSameAs(URGENT);
        assertThat(SLOT.inTimeFor(false, 49)).isNull();
        assertThat(SLOT.inTimeFor(true, 99)).isSameAs(BULK);
        assertThat(CacheSlot.EMPTY.inTimeFor(false, 100)).isNull();
    }

    @Test
    void aFlightIsFoundByItsLeader() {
        assertThat(SLOT.ledBy("c")).isSameAs(URGENT);
        assertThat(SLOT.ledBy("b")).as("a follower").isNull();
    }

    @Test
    void aFlightGivesItsPlaceToAnotherOrToNone() {
        Flight other = Flight.of("x", 1, false);
        assertThat(SLOT.replacing(URGENT, other).flights()).containsExactly(PATIENT, other, BULK);
        assertThat(SLOT.replacing(URGENT, null).flights()).containsExactly(PATIENT, BULK);
        assertThat(SLOT.flights()).containsExactly(PATIENT, URGENT, BULK);
    }

    @Test
    void allWhoAreCalledOrWaitTakeRoom() {
        assertThat(CacheSlot.EMPTY.hasRoom()).isTrue();
        CacheSlot almost = SLOT.with(followedBy(CacheSlot.MOST_CALLERS - 7));
        assertThat(almost.hasRoom()).isTrue();
        assertThat(almost.with(Flight.of("last", 1, true)).hasRoom()).isFalse();
        assertThat(SLOT.with(followedBy(CacheSlot.MOST_CALLERS - 6)).hasRoom()).isFalse();
    }

    private static Flight followedBy(int followers) {
        return Flight.of("many", 1, true).followedBy(Collections.nCopies(followers, "f"));
    }

    @Test
    void aFollowerLeavesWhicheverFlightItWaitsFor() {
        assertThat(SLOT.leftBy("d").flights())
                .extracting(Flight::followers)
                .containsExactly(List.of("b"), List.of(), List.of());
    }

    @Test
    void anAnswerAndFlightsAreKeptApart() {
        CacheEntry entry = new CacheEntry("r", 1, 2);
        CacheSlot both = SLOT.withEntry(entry);
        assertThat(both.flights()).hasSize(3);
        assertThat(both.leftBy("b").entry()).isSameAs(entry);
        assertThat(both.replacing(BULK, null).entry()).isSameAs(entry);
        assertThat(both.with(BULK).entry()).isSameAs(entry);
        assertThat(CacheSlot.EMPTY.isEmpty()).isTrue();
        assertThat(CacheSlot.EMPTY.withEntry(entry).isEmpty()).isFalse();
        assertThat(CacheSlot.EMPTY.with(BULK).isEmpty()).isFalse();
    }
}
